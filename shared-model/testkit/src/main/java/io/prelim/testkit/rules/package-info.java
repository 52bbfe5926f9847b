/** The house rules: the layering that the build enforces, each rule with its reason. Every module's {@code HouseRulesTest} calls them. */
package io.prelim.testkit.rules;
