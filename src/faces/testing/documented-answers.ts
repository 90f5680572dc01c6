/** Answers held against the OpenAPI document. */
import { Compile } from 'typebox/schema'
import type { Json } from '../../json.ts'

/** `operation status` → what is wrong with a body, by the document. */
export function documentedAnswers(document: object): Map<string, (body: Json) => unknown[]> {
  const answers = new Map<string, (body: Json) => unknown[]>()
  for (const item of Object.values(memberObject(document, 'paths'))) {
    for (const operation of Object.values(Object(item))) {
      for (const [status, answer] of Object.entries(memberObject(operation, 'responses'))) {
        answers.set(`${Object(operation).operationId} ${status}`, checkOf(Object(answer).content))
      }
    }
  }
  return answers
}

/** A body that is no JSON is null here, and must be documented as none, or as of another type. */
function checkOf(content: unknown): (body: Json) => unknown[] {
  const schema = Object(content)['application/json']?.schema
  if (schema === undefined) return (body) => (body === null ? [] : ['is JSON, and not documented as such'])
  const compiled = Compile(schema)
  return (body) => (compiled.Check(body) ? [] : compiled.Errors(body).flat())
}

function memberObject(value: unknown, name: string): object {
  return Object(Object(value)[name])
}
