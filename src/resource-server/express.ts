/** For Express, by the shape of what it hands over: the claims are `request.entente` afterwards. */
import type { JWTPayload } from 'jose'
import type { Needs, ResourceServer } from './index.ts'

export interface ExpressRequest {
  readonly method: string
  readonly originalUrl: string
  readonly protocol: string
  get(name: string): string | undefined
  entente?: JWTPayload
}

export interface ExpressResponse {
  status(code: number): ExpressResponse
  set(headers: Readonly<Record<string, string>>): ExpressResponse
  json(body: object): unknown
}

export type ExpressNext = (error?: unknown) => void

export function guardExpress(server: ResourceServer, needs: Needs = {}) {
  return async (request: ExpressRequest, response: ExpressResponse, next: ExpressNext): Promise<void> => {
    try {
      const [path = ''] = request.originalUrl.split('?', 1)
      const origin = server.baseUrl ?? `${request.protocol}://${request.get('host')}`
      const presented = { authorization: request.get('authorization'), proof: request.get('dpop') }
      const judged = await server.judge({ ...presented, method: request.method, url: origin + path }, needs)
      if (judged.ok) {
        request.entente = judged.claims
        next()
      } else response.status(judged.status).set(judged.headers).json(judged.body)
    } catch (error) {
      next(error)
    }
  }
}
