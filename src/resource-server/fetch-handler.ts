/** For handlers in the shape of `fetch`: a Request in, a Response out. */
import type { JWTPayload } from 'jose'
import type { Needs, ResourceServer } from './index.ts'

/** Calls the handler only for a request that brings what is needed, with the claims of its token. */
export function guardFetch(
  server: ResourceServer,
  needs: Needs,
  handler: (request: Request, claims: JWTPayload) => Response | Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { origin, pathname } = new URL(request.url)
    const judged = await server.judge(
      {
        authorization: request.headers.get('authorization') ?? undefined,
        proof: request.headers.get('dpop') ?? undefined,
        method: request.method,
        url: (server.baseUrl ?? origin) + pathname,
      },
      needs,
    )
    if (judged.ok) return await handler(request, judged.claims)
    return Response.json(judged.body, { status: judged.status, headers: judged.headers })
  }
}
