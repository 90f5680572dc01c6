/** What happens on arrival, by what the login was begun for. A further purpose is a file and its line here. */

import { refuse } from '../../attempt.ts'
import { stepUpPurpose } from '../../step-up/routes/arrive.ts'
import type { Login } from '../login.ts'
import { signInPurpose } from './enter.ts'
import type { Purpose } from './returned.ts'
import { testPurpose } from './test.ts'

/** Nothing of it returns here, see signed-out.ts. */
const signOutPurpose: Purpose = {
  plane: 'sign-in',
  mode: 'strict',
  arrive: async (_at, { attempt }) => refuse(attempt, 'login', 'login.unknown'),
}

export const purposes: Readonly<Record<Login['purpose'], Purpose>> = {
  'sign-in': signInPurpose,
  test: testPurpose,
  'step-up': stepUpPurpose,
  'sign-out': signOutPurpose,
}
