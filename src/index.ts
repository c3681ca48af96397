// The library's door: `frontdesk`. Imported by nobody inside.
export { toolJson } from './adapters/retell/tool-json.ts'
export {
  CompanyFileError,
  createFrontdesk,
  type Frontdesk,
  FrontdeskError,
  type FrontdeskOptions,
} from './composition/frontdesk.ts'
