/** Names that people can say, and the client ids made of them: `clever-fox-42195@entente.example/wfe`. Source: CONTRACT.md section 3. */

/** 64 each, so that six random bits choose one; short, friendly, and without two that sound alike. */
const ADJECTIVES =
  'able agile amber ample azure balmy bold brave brief bright brisk calm candid civil clean clear clever cosmic cozy crisp daring deft eager early fair fancy fond frank free fresh gentle glad golden grand happy hardy honest humble jolly keen kind lively loyal lucid lucky mellow merry mild modest neat noble plucky polite proud quick quiet rapid royal sharp silver smart steady sunny witty'.split(
    ' ',
  )
const ANIMALS =
  'ant auk badger bat bear beaver bee bison boar bobcat bream camel cat cod condor coyote crab crane crow deer dingo dove duck eagle eel egret elk emu falcon ferret finch fox frog gecko gnu goat goose hare hawk heron ibex ibis jackal jay kiwi koala lark lemur llama lynx mole moose newt otter owl panda pika puma quail raven robin seal stork swan'.split(
    ' ',
  )
const FIRST_NUMBER = 10_000
const NUMBERS = 90_000

/** Trusts (`wfe`) and credentials (`spc`) of service principals. */
export type ClientIdUse = 'wfe' | 'spc'

export interface ClientId {
  readonly cutename: string
  /** Null in the short form. */
  readonly audience: string | null
  /** Null in the short form. */
  readonly use: ClientIdUse | null
}

/** Draws `adjective-animal-12345`: 64 × 64 × 90 000 names. A taken one is drawn again by the caller. */
export function drawCutename(randomBytes: (size: number) => Uint8Array): string {
  const bytes = Buffer.from(randomBytes(8))
  const adjective = ADJECTIVES[bytes.readUInt8(0) % ADJECTIVES.length]
  const animal = ANIMALS[bytes.readUInt8(1) % ANIMALS.length]
  // 48 bits make the remainder's bias smaller than one in 10^9.
  const number = FIRST_NUMBER + (bytes.readUIntBE(2, 6) % NUMBERS)
  return `${adjective}-${animal}-${number}`
}

const CLIENT_ID = /^([a-z]{2,16}-[a-z]{2,16}-[1-9][0-9]{4})(?:@([^@/\s]{1,260})\/(wfe|spc))?$/

/** The full client id; `audience` is the organisation's, port included. */
export function clientIdOf(cutename: string, audience: string, use: ClientIdUse): string {
  return `${cutename}@${audience}/${use}`
}

/** Reads the short or the full form, or null. Whether the audience is the right one is for the caller to compare. */
export function parseClientId(text: string): ClientId | null {
  const [, cutename, audience, use] = CLIENT_ID.exec(text) ?? []
  if (cutename === undefined) return null
  // Sound: the pattern admits these two.
  return { cutename, audience: audience ?? null, use: (use as ClientIdUse | undefined) ?? null }
}

/** True when the id is short, or its audience and use are exactly these. */
export function isClientIdOf(id: ClientId, audience: string, use: ClientIdUse): boolean {
  return id.audience === null || (id.audience === audience && id.use === use)
}
