/**
 * Reads what is said of images, word by word: whether a text says of findings what was given, no more and no less, and what a signed text says
 * of a draft's findings. Pure.
 */
package io.prelim.report.statement;
