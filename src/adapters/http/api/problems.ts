import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { InputError } from '../../../application/failure.ts'

export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ pointer: z.string().meta({ description: 'A JSON pointer.' }), detail: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, application/problem+json' })

const asProblem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
})

const meanings: { readonly [status: number]: string } = {
  400: 'The body is no JSON.',
  401: 'Nobody was recognised.',
  403: 'The role does not allow this.',
  404: 'There is no such thing, or it is not yours.',
  409: 'Something else stands in the way; `alternatives` are free instead where a time was taken.',
  422: 'Something in the request is wrong; `errors` points to it.',
  429: 'Too many requests; `Retry-After` says for how long.',
  502: 'Retell refused; `detail` says what to do.',
  503: 'Something that is needed does not answer; what is known here stays as it is.',
}

export const problemAnswers = (statuses: readonly number[]) =>
  Object.fromEntries(statuses.map((status) => [status, asProblem(meanings[status] ?? 'A problem.')]))

/** What a schema had against a request, with a pointer to each place; undefined when it was something else. */
export const inputErrorsOf = (error: unknown): readonly InputError[] | undefined => {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  return error.validation.flatMap(({ instancePath, message, params }): readonly InputError[] => {
    const pointer = instancePath === '/' ? '' : instancePath
    const keys: readonly unknown[] = 'keys' in params && Array.isArray(params.keys) ? params.keys : []
    if (keys.length === 0) return [{ pointer, detail: message ?? 'This is not as described.' }]
    return keys.map((key) => ({
      pointer: `${pointer}/${escaped(String(key))}`,
      detail: 'Nothing of this name is known.',
    }))
  })
}

const escaped = (step: string): string => step.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
