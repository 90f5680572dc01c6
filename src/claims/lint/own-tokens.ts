/** Tokens of the owner, or of whoever has the owner's name, that a trust is perhaps not for. */

import type { ASTNode } from '../environment.ts'
import { celMember, celString } from '../literal.ts'
import type { Finding } from './finding.ts'
import { nodesIn } from './formula.ts'
import { judge } from './judged.ts'
import { both, findingOf, formsOf, type Judgement } from './judgement.ts'
import { pathOf } from './texts-of.ts'

/** Names that somebody else may have one day: the same names with other ids get in. */
export function nameFindings({ judged, source }: Judgement): Finding[] {
  const { model, isShared } = source
  const witness = model.ids.length === 0 ? null : judged.admits(formsOf(model), model.ids, 'stranger')
  if (witness === null) return []
  const more = `Put ${model.pin} beside them.`
  // Where one company runs the issuer, it gives the names as well.
  return [findingOf('lint.names_not_ids', { severity: isShared ? 'warning' : 'info', more, witness })]
}

/** One of the shapes that `sub` has gets in, and the other does not. */
export function shapeFindings({ judged, source: { model } }: Judgement): Finding[] {
  if (model.shapes === undefined) return []
  const [one, other] = model.shapes.map((forms) => judged.admits(forms))
  return (one === null) === (other === null)
    ? []
    : [findingOf('lint.one_subject_shape', { witness: one ?? other ?? null })]
}

/** What the model says is worth knowing: pull requests, unprotected branches, default accounts. */
export function sceneFindings({ judged, source, work }: Judgement): Finding[] {
  for (const scene of source.model.scenes) {
    if (scene.reading !== undefined && !judged.reads.has(scene.reading)) continue
    const witness = judged.admits(scene.forms, scene.open)
    if (witness === null) continue
    const narrower = scene.narrowing === null ? null : both(judged.expression, scene.narrowing, judged.ast.op)
    const isLeft = narrower !== null && (judge(narrower, source, work)?.admits(formsOf(source.model)) ?? null) !== null
    // The scenes stand in the order of their weight: who is reachable from a pull request is from a branch, too.
    return [findingOf(scene.rule, { witness, fix: isLeft ? narrower : null })]
  }
  return []
}

/** Audiences that other services ask for, in tokens that are sent to them. */
const OF_OTHERS = [
  /^sts\.amazonaws\.com$/,
  /^api:\/\/azureadtokenexchange$/i,
  /^https:\/\/(?:github|gitlab)\.com(?:\/|$)/,
  /^https:\/\/kubernetes\.default\.svc(?:\.cluster\.local)?\/?$/,
  /^(?:https:)?\/\/iam\.googleapis\.com\/projects\//,
  /^(?:sigstore|vault|pypi|npm:registry\.npmjs\.org|codecov)$/,
]

/** True for an audience that is known to be asked for by another service. */
export function isOfAnother(audience: string): boolean {
  return OF_OTHERS.some((known) => known.test(audience))
}

export function audienceFindings({ judged, source, work }: Judgement): Finding[] {
  const [own = ''] = source.audiences
  const others = source.audiences.filter(isOfAnother)
  for (const audience of others) {
    const witness =
      judge(judged.expression, { ...source, audiences: [audience] }, work)?.admits(formsOf(source.model)) ?? null
    if (witness === null) continue
    const fix = both(judged.expression, `${celString(own)} in claims.aud`, judged.ast.op)
    return [findingOf('lint.audience_of_another_service', { more: `It is ${audience}.`, witness, fix })]
  }
  return []
}

/** A condition that nobody meets: it lets no stranger in, and the owner neither. */
export function neverTrueFindings({ judged, source: { model, title }, work }: Judgement): Finding[] {
  // Of an issuer of which little is known, nobody can say it.
  const isKnown = !Object.hasOwn(model.claims, '*') || [...judged.reads].every((name) => model.settled?.includes(name))
  if (!isKnown || (model.subjectsVary === true && judged.reads.has('sub'))) return []
  const forms = [...formsOf(model), ...model.scenes.flatMap((scene) => scene.forms)]
  const before = work.doubts
  const isNever = judged.admits(forms) === null && work.doubts === before
  return isNever ? [findingOf('lint.never_true', { more: `The source is ${title}.` })] : []
}

/** Claims that tokens of the source do not have. */
export function unknownClaimFindings({ judged, source: { title } }: Judgement): Finding[] {
  const form = judged.form()
  const unknown = [
    ...new Set(
      pathsIn(judged.ast)
        .filter((path) => form.isUnknown(path))
        .map((path) => celMember('claims', path)),
    ),
  ]
  if (unknown.length === 0) return []
  return [findingOf('lint.unknown_claim', { more: `${title} has no ${unknown.join(', ')}.` })]
}

/** Paths of the claims that the expression reads. */
export function pathsIn(node: ASTNode): string[][] {
  const path = pathOf(node)
  if (path !== null && path.length > 0) return [path]
  return nodesIn(node.args).flatMap(pathsIn)
}
