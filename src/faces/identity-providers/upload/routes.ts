/** Bodies of multipart/form-data as objects of texts: what JSON would have said, and a file. Source: RFC 7578. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FieldFault } from '../../../fault.ts'
import { WireFaults } from '../../face.ts'
import { faceFault } from '../../faults.ts'

/** A realm of Keycloak's with its clients; users are not wanted. Metadata and discovery have limits of their own below it. */
const FILE_BYTES = 4 * 1024 * 1024
/** There are two parts; a few more are refused by name. */
const [FILES, FIELDS] = [2, 4]

/** The routes of this scope take forms too; the schema for their type judges them. */
export async function takeForms(app: FastifyInstance): Promise<void> {
  const limits = { fileSize: FILE_BYTES, fieldSize: FILE_BYTES, files: FILES, fields: FIELDS, parts: FILES + FIELDS }
  await app.register(multipart, { limits, throwFileSizeLimit: true })
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await readForm(request)
    // Without a type there is no schema that would miss it.
    else if (request.body === undefined && !isJson(request)) throw faceFault('request.media_type', { message: TYPES })
  })
}

function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '')
}

const TYPES = 'The body must be of type application/json or multipart/form-data.'

async function readForm(request: FastifyRequest): Promise<Record<string, string>> {
  const values = new Map<string, string>()
  const faults: FieldFault[] = []
  try {
    for await (const part of request.parts()) {
      // A file is read whole, also one that nobody wants: nothing after it would come otherwise.
      const text = part.type === 'file' ? textOf(await part.toBuffer()) : part.value
      const path = part.fieldname.slice(0, 80)
      if (values.has(path)) faults.push({ path, code: 'field.invalid', message: 'stands twice in the form' })
      if (typeof text === 'string') values.set(path, text)
      else faults.push({ path, code: 'field.type', message: 'must be text in UTF-8' })
    }
  } catch (error) {
    // Its own faults say which limit; what the parser stumbles on says nothing that may be repeated.
    if (error instanceof Error && 'statusCode' in error) throw error
    throw faceFault('request.invalid', { message: 'The form cannot be read.', cause: error })
  }
  if (faults.length > 0) throw new WireFaults(faults)
  return Object.fromEntries(values)
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
