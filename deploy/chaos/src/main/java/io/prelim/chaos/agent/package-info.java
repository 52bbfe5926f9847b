/**
 * What runs inside a service's process while the rig plays with it: a Java agent that weaves crash points and planted bugs into the
 * service's classes as they are loaded. The services know nothing of it, and nothing else than the rig starts it. Called by {@code site}
 * through the command line of a service alone.
 */
package io.prelim.chaos.agent;
