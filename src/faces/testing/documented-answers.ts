/** Answers held against the OpenAPI document. */
import { Compile } from 'typebox/schema'
import type { Json } from '../../json.ts'

/** `operation status` → what is wrong with a body, by the document. */
export function documentedAnswers(document: object): Map<string, (body: Json) => unknown[]> {
  const answers = new Map<string, (body: Json) => unknown[]>()
  for (const item of Object.values(memberObject(document, 'paths'))) {
    for (const operation of Object.values(Object(item))) {
      for (const [status, answer] of Object.entries(memberObject(operation, 'responses'))) {
        const schema = Object(answer).content?.['application/json']?.schema
        if (schema === undefined) continue
        const compiled = Compile(schema)
        const check = (body: Json) => (compiled.Check(body) ? [] : compiled.Errors(body).flat())
        answers.set(`${Object(operation).operationId} ${status}`, check)
      }
    }
  }
  return answers
}

function memberObject(value: unknown, name: string): object {
  return Object(Object(value)[name])
}
