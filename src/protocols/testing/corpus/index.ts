/**
 * Tokens that must not pass, class by class, each with the rung and the code of its decision, and good ones beside them.
 * Every one is minted with node:crypto and nothing of what is under test; the same run against the verifier alone and
 * against the whole program.
 *
 * Source: RFC 8725; the classes of Wycheproof's vectors for JOSE, made anew.
 */
import { badClaims } from './claims.ts'
import { badCurveSignatures } from './curves.ts'
import { goodTokens } from './good.ts'
import { badHeaders } from './header.ts'
import { type BadToken, type CorpusWorld, createMinter, type GoodToken, type Minter } from './minter.ts'
import { badRsaSignatures, handmadeSignatures } from './rsa.ts'
import { badTexts } from './serialisation.ts'
import { badSignatures } from './signature.ts'

export interface Corpus {
  readonly minter: Minter
  readonly good: readonly GoodToken[]
  readonly bad: readonly BadToken[]
}

export function createCorpus(world: CorpusWorld): Corpus {
  const minter = createMinter(world)
  return {
    minter,
    good: [...goodTokens(minter), ...handmadeSignatures(minter)],
    bad: [badHeaders, badClaims, badSignatures, badTexts, badCurveSignatures, badRsaSignatures].flatMap((table) =>
      table(minter),
    ),
  }
}
