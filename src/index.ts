// The library's door: `frontdesk`. Imported by nobody inside.
export {
  CompanyFileError,
  createFrontdesk,
  type Frontdesk,
  FrontdeskError,
  type FrontdeskOptions,
} from './composition/frontdesk.ts'
