/**
 * Step-up at Microsoft Entra. `ACRS` asks for authentication contexts through the `claims` parameter, and every one of them
 * has to be in `acrs`; `OIDC` asks for a fresh login, which the rung `freshness` has judged by `auth_time`.
 *
 * Source: Microsoft, "Conditional Access authentication context"; CONTRACT.md section 7.
 */
import { weakestContexts } from '../../registry/levels.ts'
import type { Style } from './style.ts'
import { textsOf } from './texts.ts'

export const conditionalAccess: Style = {
  demands({ settings }, { entries, maxAge }) {
    const { validationMode, conditionalAccessIds } = Object(settings.microsoft)
    const registered = validationMode === 'ACRS' ? textsOf(conditionalAccessIds) : []
    const contexts = entries === null ? registered : (weakestContexts(entries) ?? [])
    return { acrs: contexts.map((context) => context.toLowerCase()), maxAge }
  },
  judge({ acrs: wanted = [] }, { claims, amr }, ladder) {
    if (wanted.length === 0) {
      ladder.skip('level', 'a fresh login is asked for, and no context')
      return
    }
    const { acrs } = claims
    const shown = () => wanted.join(' ')
    if (acrs === undefined) {
      ladder.check('level', false, 'step_up.context_missing', shown, 'no acrs')
      return
    }
    const reached = textsOf(acrs)
    const isReached = wanted.every((context) => reached.includes(context))
    const methods = amr.length === 0 ? '' : ` by ${amr.join(' ')}`
    ladder.check('level', isReached, 'step_up.context_unmet', shown, `${reached.join(' ')}${methods}`)
  },
}
