/** What goes wrong when: a seed becomes rounds of faults. Pure; called by the run, which applies them. */
package io.prelim.chaos.fault;
