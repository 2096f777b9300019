targetScope = 'resourceGroup'

metadata name = 'KafkaFunctions'
metadata description = 'All that the function app needs on Azure: the app and its plan, storage, Kafka, credentials, permissions, network and monitoring.'

import { alertsType, credentialsType, hostingType, kafkaType, monitoringType, networkType, principalType, stateType, tagsType } from 'types.bicep'
import { functionNameType, functions, ingestTopics, stores } from 'generated/pipeline.bicep'
import { settingNames, settingsType } from 'generated/settings.bicep'

@description('Required. Name of the environment, a part of all names: dev, test, prod. Letters, digits and hyphens.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('Optional. Name of the app, a part of all names. Letters, digits and hyphens.')
@minLength(2)
@maxLength(8)
param workload string = 'kafkafn'

@description('Optional. Region. Default: that of the resource group.')
param location string = resourceGroup().location

@description('Optional. Labels of all resources. Default: none.')
param tags tagsType = {}

@description('Required. The Kafka that the functions read and write: Event Hubs, made here, or one that is there already.')
param kafka kafkaType

@description('Optional. Credentials of a Kafka that is there already. Default: none.')
param kafkaCredentials credentialsType = {}

@description('Optional. The functions that run. Their topics are made; the others are disabled. Default: all.')
param functionNames functionNameType[] = []

@description('Required. The plan that the functions run on.')
param hosting hostingType

@description('Required. Storage of the functions\' state.')
param state stateType

@description('Optional. Who reaches storage, key vault and Event Hubs. Default: public, by identity.')
param network networkType = {
  access: 'public'
}

@description('Required. What is kept of logs, metrics and traces.')
param monitoring monitoringType

@description('Optional. Who is told of trouble and of costs. Default: nobody.')
param alerts alertsType = {}

@description('Optional. Settings of the app that differ from the code\'s defaults. Default: none.')
param settings settingsType = {}

@description('Optional. People who may look into state and topics from their own machines; nobody in production. Default: nobody.')
param developers principalType[] = []

@description('Optional. Whether a deleted key vault can be purged only after its seven days. Default: false, so that an environment can be made anew at once.')
param purgeProtection bool = false

// Names: what it is, the app, the environment, and a hash that is the same at each deployment and unlike others'.
var hash = take(uniqueString(resourceGroup().id, workload, environmentName), 8)
var base = '${workload}-${environmentName}'
var strangers = filter(map(range(0, length(base)), i => substring(base, i, 1)), letter => !contains('abcdefghijklmnopqrstuvwxyz0123456789-', toLower(letter)))
var long = empty(strangers)
  ? '${base}-${hash}'
  : fail('\'${strangers[0]}\' of ${base} is not allowed in names of storage accounts, apps and others. Use letters, digits and hyphens in workload and environmentName.')
var short = take(toLower(replace(base, '-', '')), 10)
var names = {
  app: 'func-${long}'
  applicationInsights: 'appi-${long}'
  eventHubs: 'evhns-${long}'
  grafana: 'amg-${take(short, 9)}-${hash}'
  hostStorage: 'st${short}${hash}host'
  identity: 'id-${long}'
  keyVault: 'kv-${short}-${hash}'
  logAnalytics: 'log-${long}'
  monitorWorkspace: 'amw-${long}'
  network: 'vnet-${long}'
  plan: 'plan-${long}'
  state: map(range(0, state.accounts), i => 'st${short}${hash}s${i}')
}
var packageContainer = 'app-package'
var secretNames = {
  eventHubs: 'event-hubs-connection-string'
  username: 'kafka-username'
  password: 'kafka-password'
}

// Hosts of private DNS and of Event Hubs, which the cloud's own description does not name.
var serviceBusSuffix = 'servicebus.windows.net'
var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
  namespace: 'privatelink.${serviceBusSuffix}'
}

var isPrivate = network.access == 'private'
var needsCredentials = kafka.kind == 'existing' && startsWith(kafka.securityProtocol, 'SASL')
var isPremium = kafka.kind == 'eventHubs' && kafka.sku == 'Premium'

// The part of the pipeline that runs here, and its topics.
var running = empty(functionNames) ? functions : filter(functions, function => contains(functionNames, function.name))
var triggered = filter(running, function => !empty(function.topic))
var sources = union(map(triggered, function => function.topic), flatten(map(running, function => function.writes)))
var topics = concat(
  map(sources, topic => { name: topic, source: topic }),
  union(map(triggered, function => { name: function.deadLetters, source: function.topic }), [])
)
var disabled = map(filter(functions, function => !contains(map(running, other => other.name), function.name)), function => function.name)

// An instance for a function that does not run would be billed for nothing.
var idle = filter(hosting.?alwaysReady ?? [], group => contains(disabled, group.group))
var plan = empty(idle)
  ? hosting
  : fail('hosting.alwaysReady names ${idle[0].group}, which does not run. Add it to functionNames, or leave it out of alwaysReady.')

// Settings, under the names that the code reads.
var brokers = kafka.kind == 'eventHubs' ? '${names.eventHubs}.${serviceBusSuffix}:9093' : kafka.brokers
var kafkaSettings = kafka.kind == 'eventHubs'
  ? {
      '${settingNames.brokerList}': brokers
      '${settingNames.username}': '$ConnectionString'
      '${settingNames.password}': secretReference(names.keyVault, secretNames.eventHubs)
      '${settingNames.securityProtocol}': 'SASL_SSL'
      '${settingNames.saslMechanism}': 'PLAIN'
    }
  : union(
      {
        '${settingNames.brokerList}': brokers
        '${settingNames.securityProtocol}': kafka.securityProtocol
      },
      empty(kafka.?saslMechanism) ? {} : { '${settingNames.saslMechanism}': kafka.saslMechanism! },
      empty(kafka.?caFile) ? {} : { '${settingNames.caFile}': kafka.caFile! },
      needsCredentials
        ? {
            '${settingNames.username}': secretReference(names.keyVault, secretNames.username)
            '${settingNames.password}': secretReference(names.keyVault, secretNames.password)
          }
        : {}
    )
var accountPrefixes = map(range(0, state.accounts), i => state.accounts == 1 ? settingNames.stateStorage : '${settingNames.stateStorage}__${i}')
var stateSettings = union(
  toObject(
    range(0, state.accounts),
    i => '${accountPrefixes[i]}__${settingNames.tableServiceUri}',
    i => 'https://${names.state[i]}.table.${environment().suffixes.storage}'
  ),
  toObject(accountPrefixes, prefix => '${prefix}__${settingNames.clientId}', prefix => identity.properties.clientId)
)

// What goes with the Kafka and the functions, where the parameter settings does not say otherwise.
var longestRetention = reduce(kafka.?topics ?? [], kafka.?retentionHours ?? 0, (longest, topic) => max(longest, topic.?retentionHours ?? 0))
var eventHubsDefaults settingsType = {
  // All topics are made by the deployment, and the app may make none.
  Kafka__CreateTopics: 'None'
  // Of Kafka's compressions Event Hubs takes gzip alone, and that in Premium alone.
  Kafka__Producer__Compression: isPremium ? 'Gzip' : 'None'
  // Copies are recognised for as long as a topic keeps its records.
  State__PathRetention: '${max(30, (longestRetention + 23) / 24)}.00:00:00'
}
var pipelineDefaults settingsType = {
  Ingest__Topics: join(filter(ingestTopics, topic => contains(sources, topic)), ',')
}
var appSettings = union(kafka.kind == 'eventHubs' ? eventHubsDefaults : {}, pipelineDefaults, settings)

// What the Functions host itself reads.
var blobUri = 'https://${names.hostStorage}.blob.${environment().suffixes.storage}'
var hostSettings = union(
  {
    AzureWebJobsStorage__blobServiceUri: blobUri
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsStorage__credential: 'managedidentity'
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    APPLICATIONINSIGHTS_CONNECTION_STRING: monitoringResources.outputs.connectionString
  },
  kafka.kind == 'eventHubs'
    ? {
        // Event Hubs wants longer sessions than the trigger's 10 s, and takes 4 commits a second and partition.
        AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '30000'
        AzureFunctionsJobHost__extensions__kafka__autoCommitIntervalMs: '1000'
      }
    : {},
  toObject(disabled, function => 'AzureWebJobs.${function}.Disabled', function => 'true')
)

var app = {
  id: identity.properties.principalId
  type: 'ServicePrincipal'
}
var grants = concat(
  [
    {
      role: 'Storage Blob Data Owner'
      on: 'storageAccount'
      resource: names.hostStorage
      principal: app
      why: 'The Functions host keeps locks, keys and timers in blobs, and starts the app from its package there.'
    }
    {
      role: 'Key Vault Secrets User'
      on: 'keyVault'
      resource: names.keyVault
      principal: app
      why: 'Settings refer to the credentials that the Kafka trigger shows.'
    }
    {
      role: 'Monitoring Metrics Publisher'
      on: 'applicationInsights'
      resource: names.applicationInsights
      principal: app
      why: 'Telemetry is sent with the identity; instrumentation keys are off.'
    }
  ],
  map(names.state, account => {
    role: 'Storage Table Data Contributor'
    on: 'storageAccount'
    resource: account
    principal: app
    why: 'Functions read and write their state in tables.'
  }),
  monitoring.grafana
    ? [
        {
          role: 'Monitoring Reader'
          on: 'resourceGroup'
          resource: ''
          principal: { id: monitoringResources.outputs.grafanaPrincipalId, type: 'ServicePrincipal' }
          why: 'Grafana shows metrics and logs of all resources of the group.'
        }
        {
          role: 'Monitoring Data Reader'
          on: 'monitorWorkspace'
          resource: names.monitorWorkspace
          principal: { id: monitoringResources.outputs.grafanaPrincipalId, type: 'ServicePrincipal' }
          why: 'Grafana asks the workspace for Prometheus metrics.'
        }
      ]
    : [],
  monitoring.grafana
    ? map(monitoring.?grafanaAdmins ?? [], admin => {
        role: 'Grafana Admin'
        on: 'grafana'
        resource: names.grafana
        principal: admin
        why: 'Somebody has to administer Grafana.'
      })
    : [],
  flatten(map(
    developers,
    developer =>
      map(names.state, account => {
        role: 'Storage Table Data Reader'
        on: 'storageAccount'
        resource: account
        principal: developer
        why: 'Developers look into the state of functions.'
      })
  )),
  kafka.kind == 'eventHubs'
    ? map(developers, developer => {
        role: 'Azure Event Hubs Data Receiver'
        on: 'eventHubs'
        resource: names.eventHubs
        principal: developer
        why: 'Developers look into topics.'
      })
    : []
)

@description('A setting\'s value that the platform reads from the key vault.')
func secretReference(vault string, secret string) string => '@Microsoft.KeyVault(VaultName=${vault};SecretName=${secret})'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.identity
  location: location
  tags: tags
}

module monitoringResources 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    logAnalyticsName: names.logAnalytics
    applicationInsightsName: names.applicationInsights
    monitorWorkspaceName: names.monitorWorkspace
    grafanaName: names.grafana
    location: location
    tags: tags
    monitoring: monitoring
  }
}

module keyVault 'modules/keyVault.bicep' = {
  name: 'keyVault'
  params: {
    name: names.keyVault
    location: location
    tags: tags
    isPrivate: isPrivate
    purgeProtection: purgeProtection
    kafkaCredentials: kafkaCredentials
    kafkaEntries: {
      keep: needsCredentials
      username: secretNames.username
      password: secretNames.password
    }
  }
}

module eventHubs 'modules/kafka.bicep' = if (kafka.kind == 'eventHubs') {
  name: 'kafka'
  params: {
    name: names.eventHubs
    location: location
    tags: tags
    eventHubs: kafka
    topics: topics
    isPrivate: isPrivate
    keyVaultName: names.keyVault
    secretName: secretNames.eventHubs
  }
  dependsOn: [
    keyVault
  ]
}

module hostStorage 'modules/hostStorage.bicep' = {
  name: 'hostStorage'
  params: {
    name: names.hostStorage
    location: location
    tags: tags
    packageContainer: packageContainer
    isPrivate: isPrivate
  }
}

module stateStorage 'modules/state.bicep' = {
  name: 'state'
  params: {
    names: names.state
    location: location
    tags: tags
    state: state
    tables: map(stores, store => store.table)
    isPrivate: isPrivate
  }
}

module virtualNetwork 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: network.?addressPrefix ?? ''
    delegation: hosting.plan == 'FlexConsumption' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms'
    zoneNames: map(items(zoneNames), zone => zone.value)
  }
}

module privateEndpoints 'modules/privateEndpoints.bicep' = if (isPrivate) {
  name: 'privateEndpoints'
  params: {
    location: location
    tags: tags
    subnetId: virtualNetwork!.outputs.endpointsSubnetId
    zoneNames: zoneNames
    endpoints: concat(
      [
        { name: 'pe-${names.hostStorage}', resource: names.hostStorage, group: 'blob' }
        { name: 'pe-${names.keyVault}', resource: names.keyVault, group: 'vault' }
      ],
      map(names.state, account => { name: 'pe-${account}', resource: account, group: 'table' }),
      kafka.kind == 'eventHubs' ? [{ name: 'pe-${names.eventHubs}', resource: names.eventHubs, group: 'namespace' }] : []
    )
  }
  dependsOn: [
    eventHubs
    hostStorage
    keyVault
    stateStorage
  ]
}

module permissions 'modules/rbac.bicep' = {
  name: 'permissions'
  params: {
    grants: grants
  }
  dependsOn: [
    eventHubs
    hostStorage
    keyVault
    stateStorage
  ]
}

// Last: an app that starts before its permissions and secrets are there would remember that they were not.
module functionApp 'modules/functionApp.bicep' = {
  name: 'functionApp'
  params: {
    name: names.app
    planName: names.plan
    location: location
    // The Azure Developer CLI finds the app of its service by this label.
    tags: union(tags, { 'azd-service-name': 'functions' })
    hosting: plan
    identityId: identity.id
    packageContainerUri: '${blobUri}/${packageContainer}'
    settings: union(mapValues(appSettings, value => string(value)), kafkaSettings, stateSettings, hostSettings)
    subnetId: isPrivate ? virtualNetwork!.outputs.functionsSubnetId : null
  }
  dependsOn: [
    permissions
    privateEndpoints
  ]
}

module alertRules 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: long
    location: location
    tags: tags
    alerts: alerts
    applicationInsightsName: names.applicationInsights
    stateNames: names.state
    eventHubsName: kafka.kind == 'eventHubs' ? names.eventHubs : null
  }
  dependsOn: [
    eventHubs
    monitoringResources
    stateStorage
  ]
}

@description('Name of the function app.')
output functionAppName string = names.app

@description('Address of the HTTP functions.')
output functionAppUri string = 'https://${functionApp.outputs.hostName}'

@description('Storage account that takes the app\'s package.')
output packageStorageAccount string = names.hostStorage

@description('Bootstrap servers of Kafka.')
output kafkaBrokers string = brokers

@description('Address of Grafana; empty where there is none.')
output grafanaUri string = monitoringResources.outputs.grafanaEndpoint
