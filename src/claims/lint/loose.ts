/** Comparisons that let no stranger in, because something else keeps them out, and still let in more than they say. */
import type { Finding } from './finding.ts'
import { judge } from './judged.ts'
import { findingOf, formsOf, type Judgement } from './judgement.ts'
import { pathOf, textOf } from './texts-of.ts'
import { type Loose, looseIn, replaced } from './tighten.ts'

/** `isNamed`: names alone keep strangers out, so that the ends of names matter. */
export function looseFindings(judgement: Judgement, isNamed: boolean): Finding[] {
  const { judged, source } = judgement
  const form = judged.form()
  const matters = isNamed || source.model.ids.length === 0
  return looseIn(judged.ast, judged.expression, form).flatMap((loose) => {
    const isName = pathOf(loose.receiver)?.[0] === 'sub' || (textOf(loose.receiver, form)?.length ?? 0) > 1
    if (loose.kind === 'prefix' && !(matters && isName && loose.offers.length > 0)) return []
    if (loose.kind === 'pattern' && !loose.isCut) return []
    const rule = loose.kind === 'pattern' ? 'lint.unanchored_pattern' : 'lint.open_prefix'
    const text = judged.expression.slice(loose.node.start, loose.node.end)
    return [findingOf(rule, { severity: 'warning', more: `It is ${text}.`, fix: closed(judgement, loose) })]
  })
}

/** The condition with the comparison closed, if tokens still meet it. */
function closed({ judged, source, work }: Judgement, { node, offers }: Loose): string | null {
  const forms = [...formsOf(source.model), ...source.model.scenes.flatMap((scene) => scene.forms)]
  const narrower = offers.map((offer) => replaced(judged.expression, node, offer))
  return narrower.find((one) => (judge(one, source, work)?.admits(forms) ?? null) !== null) ?? null
}
