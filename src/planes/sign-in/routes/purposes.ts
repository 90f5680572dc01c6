/** What happens on arrival, by what the login was begun for. A further purpose is a file and its line here. */
import { stepUpPurpose } from '../../step-up/routes/arrive.ts'
import type { Login } from '../login.ts'
import { signInPurpose } from './enter.ts'
import type { Purpose } from './returned.ts'
import { testPurpose } from './test.ts'

export const purposes: Readonly<Record<Login['purpose'], Purpose>> = {
  'sign-in': signInPurpose,
  test: testPurpose,
  'step-up': stepUpPurpose,
}
