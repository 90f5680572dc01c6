/** Strangers whose tokens the condition lets in, and why it does. */
import type { JsonObject } from '../../json.ts'
import { branchesOf } from './branches.ts'
import type { Finding } from './finding.ts'
import { readFormula, truthOf } from './formula.ts'
import { type Judged, judge } from './judged.ts'
import { findingOf, formsOf, type Judgement } from './judgement.ts'
import { pathsIn } from './own-tokens.ts'
import type { LintRule } from './rules.ts'
import { textOf } from './texts-of.ts'
import { looseIn, tightened } from './tighten.ts'
import type { TokenForm } from './token-form.ts'
import type { TokenModel } from './token-model.ts'

/** The finding of a trust without a condition. */
export function noCondition(judgement: Judgement): Finding {
  const { source, judged } = judgement
  const witness = judged.form().tokenOf(new Map())
  return openFinding(judgement, {
    rule: source.model.everything ?? 'lint.no_condition',
    witness,
    fix: null,
    branch: null,
  })
}

/** Adds a finding for each branch that lets strangers in; true if there is one. */
export function strangerFindings(judgement: Judgement, findings: Finding[]): boolean {
  const { judged, source, work } = judgement
  const branches = branchesOf(judged.ast, judged.expression)
  const before = work.doubts
  const open: { readonly branch: Judged; readonly witness: JsonObject }[] = []
  for (const expression of branches) {
    const branch = branches.length === 1 ? judged : judge(expression, source, work)
    const witness = branch?.admits(formsOf(source.model), source.model.owner, 'stranger') ?? null
    if (branch !== null && witness !== null) open.push({ branch, witness })
  }
  // What could not be read may let in whom the search did not think of; where they are colleagues, nobody need hear of it.
  if (source.isShared && open.length === 0 && work.doubts > before) findings.push(findingOf('lint.not_judged'))
  const causes = open.map((one) => ({ ...one, ...causeOf(judgement, one.branch) }))
  const [first] = causes
  const isOneTrue = causes.some(({ rule }) => rule === everythingOf(source.model))
  if (first !== undefined && branches.length > 1 && !isOneTrue && judged.admitsAll(formsOf(source.model))) {
    findings.push(
      openFinding(judgement, { rule: everythingOf(source.model), witness: first.witness, fix: null, branch: null }),
    )
    return true
  }
  for (const { branch, witness, rule, fix } of causes) {
    const parts = branches.map((one) => (one === branch.expression ? (fix ?? '') : one)).filter((part) => part !== '')
    // A fix that leaves another branch open is none.
    const offered = fix === null || open.length > 1 || parts.length === 0 ? null : parts.join(' || ')
    findings.push(
      openFinding(judgement, { rule, witness, fix: offered, branch: branches.length > 1 ? branch.expression : null }),
    )
  }
  return open.length > 0
}

const everythingOf = ({ everything }: TokenModel): LintRule => everything ?? 'lint.always_true'

interface Open {
  readonly rule: LintRule
  readonly witness: JsonObject
  readonly fix: string | null
  readonly branch: string | null
}

function openFinding({ source, isHeldToAddresses }: Judgement, { rule, witness, fix, branch }: Open): Finding {
  const where = branch === null ? '' : `It is this branch: ${branch}. `
  const pin = fix === null ? ` Put ${source.model.pin} beside it.` : ''
  return findingOf(rule, {
    severity: source.isShared && !isHeldToAddresses ? 'error' : 'warning',
    more: `${where}A stranger's token with sub ${JSON.stringify(witness.sub ?? null)} gets in.${pin}`,
    witness,
    fix,
  })
}

/** `fix`: what to put in the place of the branch; empty: nothing. */
function causeOf(
  { source, work }: Judgement,
  branch: Judged,
): { readonly rule: LintRule; readonly fix: string | null } {
  const { model } = source
  if (branch.admitsAll(formsOf(model))) return { rule: everythingOf(model), fix: '' }
  const form = branch.form()
  const { formula, predicates, isGuess } = readFormula(branch.ast, branch.expression, form, work)
  if (truthOf(formula, () => 'false') === 'true') return { rule: 'lint.only_excludes', fix: null }
  const loose = looseIn(branch.ast, branch.expression, form).filter(({ receiver }) => {
    const text = textOf(receiver, form)
    return text !== null && namesOwner(text, form, model)
  })
  const patterns = loose.filter(({ kind }) => kind === 'pattern')
  const prefixes = loose.filter(({ kind }) => kind === 'prefix')
  for (const [rule, some] of [
    ['lint.unanchored_pattern', patterns],
    ['lint.open_prefix', prefixes],
    ['lint.unanchored_pattern', loose],
  ] as const) {
    const fix = some.length === 0 ? null : tightened(branch, some, source, work)
    if (fix !== null) return { rule, fix }
  }
  if (patterns.length > 0) return { rule: 'lint.unanchored_pattern', fix: null }
  if (prefixes.length > 0) return { rule: 'lint.open_prefix', fix: null }
  const unread = isGuess ? pathsIn(branch.ast).map((path) => form.claimAt(path)) : []
  const texts = [
    ...predicates.map(({ text }) => text),
    ...unread.map((claim) => (claim.kind === 'text' ? claim.pieces : [])),
  ]
  const compares = texts.some((text) => namesOwner(text, form, model))
  return { rule: compares || !source.isShared ? 'lint.owner_not_pinned' : 'lint.stranger_chooses', fix: null }
}

function namesOwner(text: readonly (string | number)[], form: TokenForm, { owner }: TokenModel): boolean {
  return text.some((piece) => typeof piece === 'number' && owner.includes(form.parts[piece]?.name ?? ''))
}
