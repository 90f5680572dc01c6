/**
 * THE DOOR
 *
 * Owns: the server and its limits, TLS, request ids and logs, refusals that nobody else words, who a caller is (type) and from
 * where, forms, page tokens, the refusal limit, metrics and health, the OpenAPI documents, the guarded way out (outbound), DNS texts, and
 * the console's files.
 * Does not own: routes of faces and planes, what a caller may do in them, what is fetched.
 *
 * /healthz /readyz /metrics /openapi.json /openapi/{face}.json /docs /console
 */
export {}
