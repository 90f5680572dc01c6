/**
 * WHAT A TOKEN'S CLAIMS MEAN
 *
 * Owns: CEL conditions: which expressions may be stored, their compilation, their bounded evaluation, their explanation;
 * attribute mappings in the same CEL; which mappers may be stored and when they run; examples beside all of these.
 * Does not own: whether claims may be believed (protocols/), when a condition is asked and
 * who a person is (planes/), where it lies (storage/).
 * Specification: CEL language definition (github.com/google/cel-spec); parser, macros and type checker come from
 * @marcbachmann/cel-js, regular expressions from re2js. What an accepted expression does is ours (program.ts),
 * because the library's evaluator has no cost bound: every step here is charged, and dearer ones are charged more.
 *
 * condition-port.ts  what other rooms see
 * condition.ts       check and compile, with the cache
 * grammar.ts         where the parser takes more than CEL, or reads it differently: refused
 * environment.ts     names, functions and types an expression may use
 * program.ts         syntax tree to closures, with operators.ts, calls.ts, macros.ts, functions.ts, pattern.ts, url.ts
 * values.ts          JSON claims as CEL values
 * run.ts             one evaluation: its budget and its failure
 * test-condition.ts  an expression on sample claims; explain.ts  which part of a condition said no, and how
 *                    near it came; withheld.ts  what is never shown of claims
 *
 * mapping-port.ts         what other rooms see of mappings
 * mapping.ts              attribute mappings: check, compile with a cache, apply to the claims of one person
 * attribute-condition.ts  conditions on people, with members-read.ts for what they must not look at
 * mapper-types.ts         the catalogue of mapper types, as data
 * mappers.ts              which mappers may be stored; sync-mode.ts  when they run
 * apply-mappers.ts        what they make of a person at a login, over mapper-effects.ts, claim-path.ts, person-facts.ts
 * literal.ts              values and names as CEL text
 * lint/                   what a condition lets in that it perhaps should not: lint/lint.ts is the page to read
 * examples.ts             claims in, verdict and mapped values out; a write whose examples fail is refused
 */
