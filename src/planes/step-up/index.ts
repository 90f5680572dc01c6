/**
 * PLANE `step-up`
 *
 * Owns: a transaction's way through the browser: opened by its person, sent to the provider with what has to be proved, held
 * against the answer, and settled once; which proof reaches which level of a session.
 * Does not own: who may ask for one (faces), what a provider's answer says (protocols/), logins and their cookies (sign-in/).
 *
 * GET /step-up/{transaction}                               the person's browser begins
 * GET /step-up/signed-in                                   back from signing in, on to the transaction
 * GET, POST /step-up/{organisation}/{provider}/return      back from the provider, by sign-in/routes/return.ts
 *
 * routes.ts  routes/open.ts  routes/arrive.ts   the pages to read, in this order
 * style.ts   what a provider is asked and how its answer is judged: acr-values.ts (RFC 9470), conditional-access.ts (Entra)
 * same-person.ts  the answer is about the person of the transaction, by links only
 *
 * Source: CONTRACT.md sections 3, 4 and 7; RFC 9470; OpenID Connect Core §3.1.2.1; threats.md, "step-up downgrade".
 */
export { stepUpRoutes } from './routes.ts'
