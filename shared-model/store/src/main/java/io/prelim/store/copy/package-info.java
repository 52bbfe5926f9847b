/**
 * The second copy of a segment log: every group that is synced is also put into a store elsewhere, as objects that are never
 * changed, before it is answered. Decides what to put, what is behind, and what an empty volume gets back; how objects are reached is
 * behind {@link io.prelim.store.copy.CopyStore}.
 *
 * <p>Opened and watched by ingest-service. {@link io.prelim.store.copy.SecondCopy} is the entrance, {@link
 * io.prelim.store.copy.Restore} the way back.
 */
package io.prelim.store.copy;
