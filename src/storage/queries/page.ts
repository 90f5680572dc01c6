import type { SelectQueryBuilder } from 'kysely'
import type { PageRequest } from '../../registry/provider-store.ts'
import type { Schema } from '../schema.ts'

/** One page of an ordered query that begins behind `after` already. */
export function pageOf<T extends keyof Schema, O>(
  query: SelectQueryBuilder<Schema, T, O>,
  { limit, offset = 0 }: Pick<PageRequest, 'limit' | 'offset'>,
): SelectQueryBuilder<Schema, T, O> {
  const page = query.limit(limit)
  return offset === 0 ? page : page.offset(offset)
}
