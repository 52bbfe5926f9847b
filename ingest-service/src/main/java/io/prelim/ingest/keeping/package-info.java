/**
 * What is kept, how long, and whether it still is what it was: studies are dropped by age and for space, or erased on demand; segments
 * are dropped when nobody needs them, what is still needed being copied forward; every part is read again now and then. Called by web,
 * which asks for erasures; all else runs by itself.
 */
package io.prelim.ingest.keeping;
