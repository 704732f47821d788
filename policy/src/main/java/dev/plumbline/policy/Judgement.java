package dev.plumbline.policy;

/** A question with the answer that it was given. */
public record Judgement(Question question, Verdict verdict) {}
