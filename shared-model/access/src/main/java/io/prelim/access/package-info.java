/**
 * Who asks, and what they may: roles, sites, how somebody is known, and when a service may be reached from other machines. Every service's
 * HTTP goes through it. Shared by the services alone, so it may use their framework.
 */
package io.prelim.access;
