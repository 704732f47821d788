package dev.plumbline.schemas.card;

import dev.plumbline.schemas.problem.Position;

/**
 * A piece of a card's text without its markup: a paragraph, an item of a list, a cell of a table, a block of code.
 *
 * @param position where it begins in the file
 */
public record CardParagraph(String text, Position position) {}
