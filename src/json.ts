/** JSON as a type: what comes out of a strict parse, before any schema has spoken. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }
