import { Fault } from '../../fault.ts'

/** Kind, code and bad fields of the fault that `work` ends with; anything else is thrown. */
export async function faultOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work
  } catch (error) {
    if (error instanceof Fault) return [error.kind, error.code, ...error.fields.map(({ path }) => path)]
    throw error
  }
  throw new Error('it did not fail')
}
