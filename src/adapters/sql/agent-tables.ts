import type { Flag, Moment, Own, Sealed } from './columns.ts'

/** Voice agents, their history and what is live of them. Every table is a company's. Numbers of versions are ours. */
export interface AgentTables {
  readonly voice_agents: VoiceAgentsTable
  readonly agent_configurations: AgentConfigurationsTable
  readonly agent_versions: AgentVersionsTable
  readonly retell_versions: RetellVersionsTable
  readonly agent_secrets: AgentSecretsTable
  readonly live_decisions: LiveDecisionsTable
  readonly publications: PublicationsTable
  readonly agent_rollouts: AgentRolloutsTable
  readonly agent_syncs: AgentSyncsTable
  readonly seen_numbers: SeenNumbersTable
  readonly rehearsal_scripts: RehearsalScriptsTable
  readonly rehearsals: RehearsalsTable
}

interface VoiceAgentsTable {
  readonly company_id: Own
  readonly id: string
  /** Unique in its company, and so is Retell's id. Ordered byte by byte on every database. */
  readonly slug: string
  readonly retell_agent_id: string | null
  /** Folded: what it is found by. */
  readonly searched: string
  readonly sync_status: string
  readonly is_gone: Flag
  /** Sealed JSON of everything else. */
  readonly body: Sealed
}

/** What versions have in them, each content once. Primary key (company, hash). */
interface AgentConfigurationsTable {
  readonly company_id: Own
  readonly hash: string
  /** Sealed JSON in which null means something. */
  readonly body: Sealed
}

/** Primary key (company, agent, number). Rows are never changed. */
interface AgentVersionsTable {
  readonly company_id: Own
  readonly agent_id: string
  readonly number: number
  readonly hash: string
  readonly origin: string
  readonly created_at: Moment
  /** Sealed JSON of parents, author, message and what Retell said about this version; null means something in it. */
  readonly body: Sealed
}

/** Primary key (company, agent, Retell's number, number). */
interface RetellVersionsTable {
  readonly company_id: Own
  readonly agent_id: string
  readonly retell_version: number
  readonly number: number
  readonly is_published: Flag
  /** Of each version at Retell one: the content that it has now. The others are what it had. */
  readonly is_current: Flag
}

interface AgentSecretsTable {
  readonly company_id: Own
  readonly id: string
  readonly value: Sealed
}

interface LiveDecisionsTable {
  readonly company_id: Own
  readonly id: string
  readonly agent_id: string
  readonly kind: string
  readonly version: number
  readonly retell_version: number
  readonly percent: number
  readonly at: Moment
  /** Sealed JSON of numbers, actor and reason. */
  readonly body: Sealed
}

/** Among the running ones unique by agent. */
interface PublicationsTable {
  readonly company_id: Own
  readonly id: string
  readonly agent_id: string
  readonly state: string
  readonly started_at: Moment
  /** Sealed JSON of everything else. */
  readonly body: Sealed
}

/** Among the running ones unique by agent. */
interface AgentRolloutsTable {
  readonly company_id: Own
  readonly id: string
  readonly agent_id: string
  readonly state: string
  readonly started_at: Moment
  /** Sealed JSON of everything else. */
  readonly body: Sealed
}

interface AgentSyncsTable {
  readonly company_id: Own
  /** The job's. */
  readonly id: string
  readonly state: string
  readonly started_at: Moment
  /** Sealed JSON of everything else. */
  readonly body: Sealed
}

/** Primary key (company, number). */
interface SeenNumbersTable {
  readonly company_id: Own
  readonly number: string
  readonly seen_at: Moment
  /** Sealed JSON of who rings and where Retell asks. */
  readonly body: Sealed
}

interface RehearsalScriptsTable {
  readonly company_id: Own
  readonly id: string
  /** Unique in its company. */
  readonly name: string
  readonly changed_at: Moment
  readonly source: Sealed
}

interface RehearsalsTable {
  readonly company_id: Own
  readonly id: string
  readonly agent_id: string
  readonly version: number
  readonly passed: Flag
  readonly at: Moment
  /** Sealed JSON in which null means something. */
  readonly report: Sealed
}
