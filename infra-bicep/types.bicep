// Types of the parameters of main.bicep and its modules.
import { functionNameType, topicNameType } from 'generated/pipeline.bicep'

@export()
@description('Event Hubs, made here: a namespace with the Kafka endpoint, and an event hub for each topic.')
type eventHubsType = {
  kind: 'eventHubs'

  @description('Required. Standard takes 10 event hubs, which is a part of the pipeline only: choose it with the parameter functions. Premium takes 100 for each processing unit.')
  sku: 'Standard' | 'Premium'

  @description('Required. Throughput units (Standard, up to 40) or processing units (Premium: 1, 2, 4, 8, 12 or 16).')
  @minValue(1)
  @maxValue(40)
  capacity: int

  @description('Optional. Throughput units that a Standard namespace may grow to by itself. Default: capacity, it does not grow.')
  @minValue(1)
  @maxValue(40)
  maximumCapacity: int?

  @description('Required. Partitions of a topic, the most instances that can share a function. Standard cannot change it later. At most 32 (Standard) or 100 (Premium), and 200 in all for each processing unit.')
  @minValue(1)
  @maxValue(100)
  partitions: int

  @description('Required. Hours that records stay. At most 168 (Standard) or 2160 (Premium).')
  @minValue(1)
  @maxValue(2160)
  retentionHours: int

  @description('Optional. What is different for single topics; a dead-letter topic has the partitions of its source.')
  topics: topicOverrideType[]?
}

@export()
@description('What is different for one topic.')
type topicOverrideType = {
  name: topicNameType

  @minValue(1)
  @maxValue(100)
  partitions: int?

  @minValue(1)
  @maxValue(2160)
  retentionHours: int?
}

@export()
@description('A Kafka that is there already: Confluent Cloud, or a cluster of your own.')
type existingKafkaType = {
  kind: 'existing'

  @description('Required. Bootstrap servers, host:port separated by commas.')
  @minLength(1)
  brokers: string

  @description('Required. PLAINTEXT sends neither credentials nor encrypts: for private networks only.')
  securityProtocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL'

  @description('Optional. How the credentials are shown; needed with SASL_PLAINTEXT and SASL_SSL. Confluent Cloud takes PLAIN.')
  saslMechanism: ('PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512')?

  @description('Optional. PEM file with the authorities of the brokers\' certificate, as it lies in the published app: ca.pem beside host.json. Default: the system\'s.')
  caFile: string?
}

@export()
@description('The Kafka that the functions read and write.')
@discriminator('kind')
type kafkaType = eventHubsType | existingKafkaType

@export()
@description('Credentials of a Kafka that is there already. They are kept in the key vault.')
@secure()
type credentialsType = {
  @description('Optional. User name; the API key on Confluent Cloud.')
  username: string?

  @description('Optional. Password; the API secret on Confluent Cloud.')
  password: string?
}

@export()
@description('An always-ready instance count of one scale group.')
type alwaysReadyType = {
  @description('Required. All HTTP functions together (http), or one other function: each scales by itself.')
  group: 'http' | functionNameType

  @description('Required. Instances that always run; they are billed all the time.')
  @minValue(1)
  @maxValue(20)
  instances: int
}

@export()
@description('Flex Consumption: each function scales by itself, to zero where nothing comes.')
type flexConsumptionType = {
  plan: 'FlexConsumption'

  @description('Required. Memory of an instance in MB; processor and network go with it.')
  instanceMemory: 512 | 2048 | 4096

  @description('Required. Most instances of the app.')
  @minValue(40)
  @maxValue(1000)
  maximumInstances: int

  @description('Optional. Instances that always run. Default: none.')
  alwaysReady: alwaysReadyType[]?

  @description('Optional. HTTP requests that an instance takes at a time. Default: the platform\'s, by the memory of an instance.')
  @minValue(1)
  @maxValue(1000)
  httpConcurrency: int?
}

@export()
@description('Elastic Premium: whole machines, of which at least one always runs; all functions share them.')
type elasticPremiumType = {
  plan: 'ElasticPremium'

  @description('Required. Size of a machine: 1, 2 or 4 cores.')
  sku: 'EP1' | 'EP2' | 'EP3'

  @description('Required. Machines that always run.')
  @minValue(1)
  @maxValue(20)
  minimumInstances: int

  @description('Required. Most machines.')
  @minValue(1)
  @maxValue(100)
  maximumInstances: int
}

@export()
@description('The plan that the functions run on.')
@discriminator('plan')
type hostingType = flexConsumptionType | elasticPremiumType

@export()
@description('Storage of the functions\' state.')
type stateType = {
  @description('Required. Storage accounts that the buckets of the stores are spread over. An account takes 20,000 operations a second. Their number never changes once there is state.')
  @minValue(1)
  @maxValue(10)
  accounts: int

  @description('Required. How the accounts are kept: in one zone (LRS), three zones (ZRS), or also in another region.')
  sku: 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'
}

@export()
@description('Who reaches storage, key vault and Event Hubs.')
@discriminator('access')
type networkType = publicNetworkType | privateNetworkType

@description('Reached over the internet, by Microsoft Entra ID or key.')
type publicNetworkType = {
  access: 'public'
}

@description('Reached from a virtual network only, by private endpoints. The HTTP functions stay reachable from outside, by key.')
type privateNetworkType = {
  access: 'private'

  @description('Required. Addresses of the virtual network, a /22 or larger: 10.40.0.0/22.')
  addressPrefix: string
}

@export()
@description('What is kept of logs, metrics and traces.')
type monitoringType = {
  @description('Required. Days that logs and traces stay. The first 31 cost nothing.')
  @minValue(30)
  @maxValue(730)
  retentionDays: int

  @description('Required. GB of logs and traces a day after which no more are taken until the next; -1 for no limit.')
  @minValue(-1)
  dailyQuotaGb: int

  @description('Required. Whether an Azure Monitor workspace (Prometheus) and a Managed Grafana are made.')
  grafana: bool

  @description('Optional. Who administers Grafana. Default: nobody is added.')
  grafanaAdmins: principalType[]?
}

@export()
@description('A person, group or application that is granted something.')
type principalType = {
  @description('Required. Object id in Microsoft Entra ID.')
  id: string

  @description('Required. What it is.')
  type: 'User' | 'Group' | 'ServicePrincipal'
}

@export()
@description('Who is told of trouble and of costs.')
type alertsType = {
  @description('Optional. Addresses that alerts and the budget are mailed to. Default: none, alerts are shown in the portal only.')
  emails: string[]?

  @description('Optional. Monthly budget of the resource group; needs addresses. Default: none.')
  budget: {
    @description('Required. Amount in the subscription\'s currency.')
    @minValue(1)
    amount: int

    @description('Required. First day of a month, from which costs are counted: 2026-01-01.')
    @minLength(10)
    @maxLength(10)
    start: string
  }?
}

@export()
@description('Names of the people and programs that resources are labelled with.')
type tagsType = {
  @description('Optional. Any label.')
  *: string
}

@export()
@description('A topic to make, and the topic that it takes its partitions from: itself, or the source of its dead letters.')
type topicType = {
  name: string
  source: string
}

@export()
@description('One row of the permissions: who may do what on which resource, and why.')
type grantType = {
  @description('Required. Built-in role.')
  role: roleType

  @description('Required. Kind of the resource; resourceGroup stands for all in it.')
  on: 'storageAccount' | 'keyVault' | 'eventHubs' | 'applicationInsights' | 'monitorWorkspace' | 'grafana' | 'resourceGroup'

  @description('Required. Name of the resource; empty for the resource group.')
  resource: string

  @description('Required. Who is granted it.')
  principal: principalType

  @description('Required. What would not work without it.')
  why: string
}

@export()
@description('Built-in roles that are granted.')
type roleType =
  | 'Azure Event Hubs Data Receiver'
  | 'Grafana Admin'
  | 'Key Vault Secrets User'
  | 'Monitoring Data Reader'
  | 'Monitoring Metrics Publisher'
  | 'Monitoring Reader'
  | 'Storage Blob Data Contributor'
  | 'Storage Blob Data Owner'
  | 'Storage Table Data Contributor'
  | 'Storage Table Data Reader'

@export()
@description('A private endpoint: the resource, and the part of it that is reached.')
type endpointType = {
  name: string
  resource: string
  group: 'blob' | 'table' | 'vault' | 'namespace'
}
