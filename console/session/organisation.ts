/** The organisation that is acted in: the one that the address names, else one's own. */
import { useSearch } from '@tanstack/react-router'
import { useConsole, useSession } from './console.tsx'

export function useOrganisation(): string {
  const { organization } = useSearch({ strict: false })
  const home = useHome()
  return organization ?? home
}

/** One's own; the operator token's is the server's default one. */
export function useHome(): string {
  const { settings } = useConsole()
  const session = useSession()
  return session.kind === 'nobody' ? settings.defaultOrganization : session.organisation
}
