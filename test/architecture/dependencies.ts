import { allImports, circles, type Import } from './imports.ts'
import type { Files } from './project-files.ts'
import { forbiddenFolders, type Layer, layers, mayWriteSql, type Reserved, reserved } from './rules.ts'

const layerOf = (path: string): Layer | undefined => layers.find(({ files }) => files.test(path))

const isDoor = (path: string): boolean => /^(index|testing|domain\/index)\.ts$/.test(path)

const refusalOf = ({ from, specifier, target, package: name }: Import, files: Files): string | undefined => {
  const layer = layerOf(from)
  if (!layer) return undefined
  if (specifier === '(computed)') return `${from} imports something that nobody can read from its text`
  if (target !== undefined) {
    if (!files.has(target)) return `${from} imports ${target}, which does not exist`
    if (isDoor(target) && !isDoor(from)) return `${from} imports the door ${target}; import the file behind it`
    const area = layer.files.exec(from)?.[1] ?? ''
    return layer.may(area).some((allowed) => allowed.test(target))
      ? undefined
      : `${from} imports ${target}, which ${layer.name} may not`
  }
  if (name === undefined || layer.packages === 'any') return undefined
  const where = layer.packages[name]
  return where === 'everywhere' || where?.test(from)
    ? undefined
    : `${from} imports ${name}, which ${layer.name} may not`
}

const isFor = (list: Reserved['for'], path: string): boolean =>
  Object.keys(list).some((importer) => (importer.endsWith('/') ? path.startsWith(importer) : path === importer))

/** Every import that no rule allows, every file outside a layer, every circle. */
export const dependencyFaults = (files: Files): readonly string[] => {
  const imports = allImports(files)
  const sources = [...files.keys()]
  return [
    ...sources
      .filter((path) => !layerOf(path))
      .map((path) => `${path} belongs to no layer; name its layer in rules.ts`),
    ...sources
      .filter((path) => forbiddenFolders.test(path))
      .map((path) => `${path} lies in a folder that names nothing`),
    ...imports.flatMap((one) => refusalOf(one, files) ?? []),
    ...reserved.flatMap(({ module, reason, for: list }) =>
      imports
        .filter(({ from, target }) => target !== undefined && module.test(target) && !isFor(list, from))
        .map(({ from, target }) => `${from} imports ${target}: ${reason}`),
    ),
    ...circles(imports).map((circle) => `${circle.join(', ')} import each other in a circle`),
  ]
}

/** Every rule that says nothing, because nothing it speaks of is there. */
export const idleRules = (files: Files): readonly string[] => {
  const imports = allImports(files)
  const sources = [...files.keys()]
  return [
    ...Object.keys(mayWriteSql)
      .filter((place) => !sources.some((path) => path.startsWith(place)))
      .map((place) => `${place} may write SQL and is not there`),
    ...layers.flatMap((layer) => {
      const own = sources.filter((path) => layerOf(path) === layer)
      if (own.length === 0) return [`no file belongs to ${layer.name}`]
      if (layer.packages === 'any') return []
      return Object.entries(layer.packages).flatMap(([name, where]) => {
        const used = imports.some((one) => one.package === name && layerOf(one.from) === layer)
        if (!used) return [`${layer.name} may import ${name} and does not`]
        const named = where === 'everywhere' || own.some((path) => where.test(path))
        return named ? [] : [`${layer.name} has no file for its ${name}`]
      })
    }),
    ...reserved.flatMap(({ module, for: list }) => {
      const importers = imports.flatMap(({ from, target }) => (target !== undefined && module.test(target) ? from : []))
      if (!sources.some((path) => module.test(path))) return [`nothing is called ${module.source}`]
      return Object.keys(list)
        .filter((importer) => !importers.some((path) => isFor({ [importer]: '' }, path)))
        .map((importer) => `${importer} may import ${module.source} and does not`)
    }),
  ]
}

/** Everything outside that comes along with a file: packages and parts of Node of all that it imports in turn. */
export const packagesBehind = (files: Files, path: string): ReadonlySet<string> => {
  const imports = allImports(files)
  const seen = new Set([path])
  const packages = new Set<string>()
  for (const current of seen) {
    for (const one of imports) {
      if (one.from !== current) continue
      if (one.target !== undefined) seen.add(one.target)
      if (one.package !== undefined) packages.add(one.package)
    }
  }
  return packages
}
