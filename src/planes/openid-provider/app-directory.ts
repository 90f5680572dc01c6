/** Apps by client id, cached until the registry changes; disabled ones, and those of organisations that are gone, are none. */
import type { ClientMetadata } from 'oidc-provider'
import type { Sealing } from '../../keys/seal.ts'
import { type App, clientIdOf } from '../../registry/app.ts'
import { findAppByClientId, placeOfAppSecret } from '../../registry/apps.ts'
import { audienceOf } from '../../registry/audience.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { RegistryStores } from '../../registry/stores.ts'
import { createLiveCache, type Freshness } from '../live-cache.ts'
import { toClientMetadata } from './clients.ts'

export interface AppDirectory {
  findApp(clientId: string): Promise<App | null>
  /** In the words of the OpenID Provider library, with the secret opened. */
  findClient(clientId: string): Promise<ClientMetadata | null>
}

/** `own`: the apps that we are ourselves; they are in no store. */
export function createAppDirectory(
  stores: RegistryStores,
  sealing: Pick<Sealing, 'open'>,
  freshness: Freshness,
  publicUrl: string,
  own: readonly App[] = [],
): AppDirectory {
  const organisations = createLiveCache<Organisation>(freshness, (id) => stores.organisations.get(id))
  const apps = createLiveCache<App>(freshness, (clientId) => findAppByClientId({ stores }, clientId))
  const mine = new Map(own.map((app) => [clientIdOf(app), app]))
  const findApp = async (clientId: string) => {
    const app = mine.get(clientId) ?? (await apps.get(clientId))
    return app?.enabled === true ? app : null
  }
  return {
    findApp,
    async findClient(clientId) {
      const app = await findApp(clientId)
      const organisation = app === null ? null : await organisations.get(app.organisation)
      if (app === null || organisation === null) return null
      const sealed = app.secrets.clientSecret
      const place = placeOfAppSecret(app.organisation, app.uid)
      const secret = sealed === undefined ? null : sealing.open(place, sealed)
      return toClientMetadata(app, secret, audienceOf(organisation, publicUrl))
    },
  }
}
