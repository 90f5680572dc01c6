import type { JsonObject } from '../../json.ts'
import type { Login } from './login.ts'

/** Contract (proved by storage/conformance): a login is consumed at most once, whoever asks at the same time, in any process. */
export interface LoginStore {
  insert(login: Login): Promise<void>
  /** The login as it stands, without consuming it; null when there is none, or it has expired. */
  peek(state: string, now: Date): Promise<Login | null>
  /** Puts the message beside the login, once: false when there is none, it has expired, or one lies there already. */
  park(state: string, message: JsonObject, now: Date): Promise<boolean>
  /** Returns the login and forgets it, in one statement, if the browser is the one that began. */
  consume(state: string, browserHash: string, now: Date): Promise<Login | null>
  purge(now: Date): Promise<number>
}
