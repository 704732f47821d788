package dev.plumbline.runtime;

/**
 * A measure with its 95 % interval.
 *
 * @param n rows that it was measured on
 */
public record MetricValue(double value, double low, double high, long n) {}
