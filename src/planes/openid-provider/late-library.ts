/** The OpenID Provider library, loaded when somebody first asks for it: it and what it is made of took a sixth of every start. */
import type { LibraryOptions, OpenIdLibrary } from './library.ts'

export function openLibraryLate(options: LibraryOptions): OpenIdLibrary {
  let loading: Promise<OpenIdLibrary> | null = null
  let loaded: OpenIdLibrary | null = null
  const library = () => {
    loading ??= import('./library.ts').then(({ openLibrary }) => {
      loaded = openLibrary(options)
      return loaded
    })
    return loading
  }
  return {
    provider: async () => (await library()).provider(),
    handle: async (request, response) => (await library()).handle(request, response),
    endGrant: async (grantId) => (await library()).endGrant(grantId),
    endSession: async (opSession) => (await library()).endSession(opSession),
    endedBy: async (request) => (await library()).endedBy(request),
    endedCookie: async () => (await library()).endedCookie(),
    grant: async (interaction, person, allowed) => (await library()).grant(interaction, person, allowed),
    // Of a request that the library has answered, so it is there.
    refusalOf: (request) => loaded?.refusalOf(request) ?? null,
    interaction: async (request, response, uid) => (await library()).interaction(request, response, uid),
    signedIn: async (request) => (await library()).signedIn(request),
    finish: async (request, response, result, uid) => (await library()).finish(request, response, result, uid),
  }
}
