/** Apps by client id, cached until the registry changes; disabled ones, and those of organisations that are gone, are none. */
import type { ClientMetadata } from 'oidc-provider'
import type { Sealing } from '../../keys/seal.ts'
import type { App } from '../../registry/app.ts'
import { findAppByClientId, placeOfAppSecret } from '../../registry/apps.ts'
import type { RegistryStores } from '../../registry/stores.ts'
import { createLiveCache, type Freshness } from '../live-cache.ts'
import { toClientMetadata } from './clients.ts'

export interface AppDirectory {
  findApp(clientId: string): Promise<App | null>
  /** In the words of the OpenID Provider library, with the secret opened. */
  findClient(clientId: string): Promise<ClientMetadata | null>
}

export function createAppDirectory(
  stores: RegistryStores,
  sealing: Pick<Sealing, 'open'>,
  freshness: Freshness,
): AppDirectory {
  const apps = createLiveCache<App>(freshness, (clientId) => findAppByClientId({ stores }, clientId))
  const findApp = async (clientId: string) => {
    const app = await apps.get(clientId)
    return app?.enabled === true ? app : null
  }
  return {
    findApp,
    async findClient(clientId) {
      const app = await findApp(clientId)
      if (app === null) return null
      const sealed = app.secrets.clientSecret
      const place = placeOfAppSecret(app.organisation, app.uid)
      return toClientMetadata(app, sealed === undefined ? null : sealing.open(place, sealed))
    },
  }
}
