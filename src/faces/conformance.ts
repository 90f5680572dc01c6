/**
 * What every face must prove, whatever its wire form: run over the list of faces, each of which tells how it speaks.
 *
 * Source: docs/architecture.md, "Three suites, one habit".
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import type { Json } from '../json.ts'
import { type Answer, openTestApp, type TestApp } from './testing/app.ts'
import { BAD_BODIES, oddText } from './testing/bad-input.ts'
import type { Collection, Names, Specimen } from './testing/specimen.ts'

export function faceConformance(specimen: Specimen): void {
  describe(`face ${specimen.face.name}`, () => {
    let app: TestApp
    beforeAll(async () => {
      app = await openTestApp([specimen.face])
    })
    afterAll(() => app.close())

    for (const collection of specimen.collections) collectionConformance(() => app, specimen, collection)

    it('takes and answers what its OpenAPI document says', () => {
      expect(app.undocumented).toEqual([])
      expect(app.called.size).toBeGreaterThan(2)
    })

    it('refuses malformed addresses in its own shape, before any route is found', () => {
      for (const root of specimen.face.roots) {
        const { status, body } = specimen.face.refuse({ fault: unreadable, spelling: 'core', status: 400 })
        expect(specimen.isError(status, JSON.parse(JSON.stringify(body))), root).toBe(true)
      }
    })

    it('answers unknown paths below its roots in its own shape, to known callers only', async () => {
      for (const root of specimen.face.roots) {
        for (const url of [`${root}/no/such/path/at/all`, `${root}/`]) {
          for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
            const told = await app.send(method, url)
            expect(told.status, `${method} ${url}`).toBe(404)
            expect(specimen.isError(told.status, told.body)).toBe(true)
            expect((await app.send(method, url, undefined, null)).status).toBe(401)
          }
        }
      }
    })

    it('never fails by its own fault', () => {
      expect(app.internal).toEqual([])
    })
  })
}

const unreadable = new Fault('invalid', 'request.invalid', 'The address is malformed.')

function collectionConformance(getApp: () => TestApp, specimen: Specimen, collection: Collection): void {
  const { callers, create, update } = collection
  describe(collection.noun, () => {
    let app: TestApp
    const names = new Map<string, Names>()
    let counter = 0
    const pathIn = (organisation: string) => collection.path(names.get(organisation) ?? {})
    const makeIn = (organisation: string) =>
      collection.make(app, organisation, names.get(organisation) ?? {}, counter++)
    const refused = (answer: Answer, status: number) => {
      expect(answer.status, answer.text).toBe(status)
      expect(specimen.isError(answer.status, answer.body), answer.text).toBe(true)
    }
    /** Every request that the collection takes, for one id. */
    const requests = (organisation: string, id: string): [string, string, Json | undefined][] => [
      ['GET', pathIn(organisation), undefined],
      ['GET', `${pathIn(organisation)}/${id}`, undefined],
      ...(create === undefined ? [] : [['POST', pathIn(organisation), {}] as [string, string, Json]]),
      ...(update === undefined
        ? []
        : [[update.method, `${pathIn(organisation)}/${id}`, update.changes[0].body] as [string, string, Json]]),
      ...(collection.removable ? [['DELETE', `${pathIn(organisation)}/${id}`, {}] as [string, string, Json]] : []),
    ]

    beforeAll(async () => {
      app = getApp()
      for (const organisation of ['acme', 'rival']) {
        names.set(organisation, await collection.prepare(app, organisation))
      }
    })

    it('answers nobody without a token, and says how to come back', async () => {
      const id = await makeIn('acme')
      for (const [method, url, body] of requests('acme', id)) {
        const answer = await app.send(method, url, body, null)
        refused(answer, 401)
        expect(answer.headers['www-authenticate']).toBe('Bearer')
        refused(await app.send(method, url, body, 'impostor'), 401)
      }
    })

    it.runIf(callers.reader !== callers.writer)('lets viewers read and not write, and others neither', async () => {
      const id = await makeIn('acme')
      for (const [method, url, body] of requests('acme', id)) {
        const answer = await app.send(method, url, body, callers.reader)
        if (method === 'GET') expect(answer.status, answer.text).toBe(200)
        else refused(answer, 403)
        refused(await app.send(method, url, body, 'nobody@acme'), 403)
      }
    })

    it('answers for an object of another organisation exactly as for one that does not exist', async () => {
      const id = await makeIn('acme')
      for (const organisation of ['acme', 'rival']) {
        const foreign = requests(organisation, id).slice(1)
        const unknown = requests(organisation, collection.unknownId).slice(1)
        for (const [index, [method, url, body]] of foreign.entries()) {
          if (method === 'POST') continue
          const told = await app.send(method, url, body, callers.stranger)
          const other = unknown[index]
          if (other === undefined) throw new TypeError('one request for each')
          const untold = await app.send(other[0], other[1], other[2], callers.stranger)
          refused(told, 404)
          expect([told.status, told.text]).toEqual([untold.status, untold.text])
        }
      }
      expect((await app.send('GET', `${pathIn('acme')}/${id}`, undefined, callers.reader)).status).toBe(200)
    })

    it('gives every page once and whole, though others insert', async () => {
      const size = collection.smallestPage
      const made = new Set<string>()
      for (let n = 0; n < 2 * size + 3; n++) made.add(await makeIn('acme'))
      const seen: string[] = []
      let token = ''
      for (let page = 0; page < 50; page++) {
        const query = collection.pageQuery(size, token)
        const answer = await app.send('GET', `${pathIn('acme')}?${query}`, undefined, callers.reader)
        expect(answer.status, answer.text).toBe(200)
        const { ids, next } = collection.itemsOf(answer.body)
        expect(ids.length).toBeLessThanOrEqual(size)
        seen.push(...ids)
        if (next === '') break
        token = next
        if (page < 3) await makeIn('acme')
      }
      expect(new Set(seen).size).toBe(seen.length)
      for (const id of made) expect(seen).toContain(id)
      const forged = [`${token.slice(0, -2)}AA`, 'x', '%00']
      for (const bad of forged) {
        const answer = await app.send(
          'GET',
          `${pathIn('acme')}?${collection.pageQuery(size, bad)}`,
          undefined,
          callers.reader,
        )
        refused(answer, 400)
      }
    })

    it('refuses odd ids and odd query values', async () => {
      for (const id of ['%00', '%F0%9F%A6%8A', '..%2F..', 'x'.repeat(400), '-', '%20', "'%20or%201=1"]) {
        refused(await app.send('GET', `${pathIn('acme')}/${id}`, undefined, callers.reader), 404)
      }
      for (const size of ['many', '-1', '1.5', '1e3']) {
        const answer = await app.inject({
          method: 'GET',
          url: `${pathIn('acme')}?${collection.pageQuery(10, '').replace('10', size)}`,
          headers: { authorization: `Bearer ${callers.reader}` },
        })
        refused(answer, 400)
      }
    })

    if (create !== undefined) {
      it('creates, reads back and lists', async () => {
        const made = await app.send(
          'POST',
          pathIn('acme'),
          create.body(names.get('acme') ?? {}, counter++),
          callers.writer,
        )
        expect(made.status, made.text).toBe(create.status)
        const id = create.idOf(made.body)
        const read = await app.send('GET', `${pathIn('acme')}/${id}`, undefined, callers.reader)
        expect(read.status).toBe(200)
        const secret = create.secretOf?.(made.body)
        if (secret !== undefined) {
          expect(secret.length).toBeGreaterThan(32)
          const list = await app.send('GET', pathIn('acme'), undefined, callers.reader)
          for (const { text } of [read, list]) expect(text).not.toContain(secret)
        }
      })

      it('refuses an unknown field by its name', async () => {
        const body = create.unknown.body(create.body(names.get('acme') ?? {}, counter++))
        const answer = await app.send('POST', pathIn('acme'), body, callers.writer)
        refused(answer, 400)
        expect(specimen.fieldsOf(answer.body)).toEqual([create.unknown.field])
      })

      it('names every field of a wrong type', async () => {
        const answer = await app.send('POST', pathIn('acme'), create.wrong.body, callers.writer)
        refused(answer, 400)
        expect([...specimen.fieldsOf(answer.body)].sort()).toEqual([...create.wrong.fields].sort())
      })

      it.each(BAD_BODIES)(
        'refuses a body that is %s, in its own shape and without quoting it',
        async (_name, payload, type) => {
          const headers = { authorization: `Bearer ${callers.writer}`, 'content-type': type }
          const answer = await app.inject({ method: 'POST', url: pathIn('acme'), headers, payload })
          expect([400, 413, 415]).toContain(answer.status)
          refused(answer, answer.status)
          expect(answer.text).not.toContain('marker-4711')
        },
      )

      const { example } = create
      if (example !== undefined) {
        it('takes and gives what the source page shows', async () => {
          const body = example.request(names.get('acme') ?? {})
          const answer = await app.send('POST', pathIn('acme'), body, callers.writer)
          expect(answer.status, answer.text).toBe(create.status)
          expect(answer.body).toMatchObject(Object(example.answer))
        })
      }

      it('answers any body with success or a refusal', { timeout: 60_000 }, async () => {
        const valid = create.body(names.get('acme') ?? {}, 1_000_000)
        const field = fc.constantFrom(...Object.keys(valid), 'zz', 'constructor')
        const anyBody = fc.oneof(
          fc.jsonValue({ maxDepth: 3 }),
          fc
            .tuple(field, fc.oneof(fc.jsonValue({ maxDepth: 2 }), oddText))
            .map(([name, value]) => ({ ...valid, [name]: value })),
        )
        await fc.assert(
          fc.asyncProperty(anyBody, async (body) => {
            const answer = await app.send('POST', pathIn('acme'), body ?? null, callers.writer)
            expect(answer.status === create.status || (answer.status >= 400 && answer.status < 500), answer.text).toBe(
              true,
            )
            if (answer.status >= 400) expect(specimen.isError(answer.status, answer.body)).toBe(true)
          }),
          { numRuns: 200, interruptAfterTimeLimit: 15_000 },
        )
      })
    }

    if (update !== undefined) {
      it('updates and keeps what the face cannot see', async () => {
        const id = await makeIn('acme')
        await update.enrich(app, 'acme', id)
        const before = await update.record(app, 'acme', id)
        const url = `${pathIn('acme')}/${id}`
        const answer = await app.send(update.method, url, update.changes[0].body, callers.writer)
        expect(answer.status, answer.text).toBe(200)
        const after = await update.record(app, 'acme', id)
        const touched = ['version', 'updatedAt', ...update.touches]
        const kept = (record: object) =>
          Object.fromEntries(Object.entries(record).filter(([name]) => !touched.includes(name)))
        expect(kept(after)).toEqual(kept(before))
        expect(after).not.toEqual(before)
      })

      it('loses neither of two updates at once', async () => {
        const id = await makeIn('acme')
        const url = `${pathIn('acme')}/${id}`
        const answers = await Promise.all(
          update.changes.map(({ body }) => app.send(update.method, url, body, callers.writer)),
        )
        expect(answers.map(({ status }) => status)).toEqual([200, 200])
        const read = await app.send('GET', url, undefined, callers.reader)
        for (const { body, field } of update.changes) {
          expect(memberOf(read.body, field)).toEqual(memberOf(body, field))
        }
      })

      it('answers any update with success or a refusal', { timeout: 60_000 }, async () => {
        const id = await makeIn('acme')
        await fc.assert(
          fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (body) => {
            const answer = await app.send(update.method, `${pathIn('acme')}/${id}`, body ?? null, callers.writer)
            expect(answer.status === 200 || (answer.status >= 400 && answer.status < 500), answer.text).toBe(true)
          }),
          { numRuns: 100, interruptAfterTimeLimit: 10_000 },
        )
      })
    }

    if (collection.removable) {
      it('deletes once, whatever way a client says that there is no body', async () => {
        for (const payload of ['{}', '', undefined]) {
          const url = `${pathIn('acme')}/${await makeIn('acme')}`
          const headers = {
            authorization: `Bearer ${callers.writer}`,
            ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          }
          const remove = () =>
            app.inject({ method: 'DELETE', url, headers, ...(payload === undefined ? {} : { payload }) })
          const removed = await remove()
          expect(removed.status, removed.text).toBe(collection.removedStatus ?? 200)
          if (removed.status === 204) expect(removed.text).toBe('')
          refused(await remove(), 404)
          refused(await app.send('GET', url, undefined, callers.reader), 404)
        }
      })
    }
  })
}

/** The first member of that name, at any depth. */
function memberOf(value: Json, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    const found = key === name ? member : memberOf(member, name)
    if (found !== undefined) return found
  }
  return undefined
}
