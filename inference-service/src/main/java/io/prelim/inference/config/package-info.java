/** The configuration of this service, documented and validated; {@code InferenceConfigTest} pins every name and default. */
package io.prelim.inference.config;
