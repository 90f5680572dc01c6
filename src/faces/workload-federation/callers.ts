/** Who am I: what a tool asks after signing in. Source: the same API's auth service. */
import { operation } from '../google-rpc/operation.ts'
import * as wire from './wire.ts'

export const callerOperations = [
  operation(
    {
      id: 'c1.api.auth.v1.Auth.Introspect',
      summary: 'Tell who the caller is and which roles they have',
      method: 'GET',
      url: '/api/v1/auth/introspect',
      role: 'self',
      answer: wire.Introspection,
    },
    async (_deps, { caller }) => ({
      // Sic: the API spells it so.
      principleId: caller.subject,
      userId: caller.subject,
      tenantId: caller.organisation,
      roles: caller.roles,
      permissions: [],
      features: [],
      disabledModules: [],
    }),
  ),
]
