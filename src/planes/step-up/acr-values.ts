/**
 * Step-up by `acr_values`: what was asked for goes along, and the `acr` of the ID token has to be one of it. A provider that
 * is registered without values is only asked for a fresh login.
 *
 * Source: RFC 9470 §4 and §5; OpenID Connect Core §2, `acr`.
 */
import type { Style } from './style.ts'
import { textsOf } from './texts.ts'

export const acrValues: Style = {
  demands({ settings }, { entries, maxAge }) {
    const registered = textsOf(Object(settings.oauth2).acrValues)
    const values = entries === null ? registered : [...new Set(entries.flatMap((entry) => entry.values))]
    return { acrValues: values, maxAge }
  },
  judge({ acrValues: accepted = [] }, { acr, amr }, ladder) {
    if (accepted.length === 0) {
      ladder.skip('level', 'the provider is asked for a fresh login only')
      return
    }
    if (acr === null) {
      ladder.check('level', false, 'step_up.level_missing', () => accepted.join(' '), 'none')
      return
    }
    const methods = amr.length === 0 ? '' : ` by ${amr.join(' ')}`
    ladder.check('level', accepted.includes(acr), 'step_up.level_unmet', () => accepted.join(' '), `${acr}${methods}`)
  },
}
