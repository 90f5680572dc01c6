/** What the server says of itself to the console: `GET /console/config.json`. */

export interface Settings {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  /** The organisation of the operator token. */
  readonly defaultOrganization: string
  readonly version: string
}

/** Asks the server that the page came from. Throws where there is no such answer. */
export async function loadSettings(send: typeof fetch = fetch): Promise<Settings> {
  const answer = await send('/console/config.json', { headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`The server answered ${answer.status} when it was asked for the console’s settings.`)
  return settingsOf(await answer.json())
}

/** Throws for what is not the settings. */
export function settingsOf(value: unknown): Settings {
  const text = (name: keyof Settings): string => {
    const found: unknown = Object(value)[name]
    if (typeof found !== 'string' || found === '') throw new Error(`The console’s settings lack ${name}.`)
    return found
  }
  return {
    issuer: text('issuer'),
    clientId: text('clientId'),
    scope: text('scope'),
    defaultOrganization: text('defaultOrganization'),
    version: text('version'),
  }
}
