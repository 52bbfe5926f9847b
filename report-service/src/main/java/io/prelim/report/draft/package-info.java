/** Pure: findings and context to a draft; each sentence carries its evidence. */
package io.prelim.report.draft;
