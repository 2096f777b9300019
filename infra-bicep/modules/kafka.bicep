metadata name = 'Event Hubs'
metadata description = 'A namespace with the Kafka endpoint, an event hub for each topic, and the connection string that the trigger needs, put into the key vault.'

import { eventHubsType, tagsType, topicType } from '../types.bicep'

@description('Required. Name of the namespace.')
param name string

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. Size of the namespace and of its topics.')
param eventHubs eventHubsType

@description('Required. The topics to make.')
param topics topicType[]

@description('Required. Whether the namespace is reached by private endpoint only.')
param isPrivate bool

@description('Required. Name of the vault that takes the connection string.')
param keyVaultName string

@description('Required. Name of the secret that holds the connection string.')
param secretName string

var isPremium = eventHubs.sku == 'Premium'
var limits = isPremium
  ? { topics: 100 * eventHubs.capacity, partitions: 100, allPartitions: 200 * eventHubs.capacity, retentionHours: 2160 }
  : { topics: 10, partitions: 32, allPartitions: 320, retentionHours: 168 }

var overrides = eventHubs.?topics ?? []
var wanted = map(topics, topic => {
  name: topic.name
  partitions: first(filter(overrides, override => override.name == topic.source)).?partitions ?? eventHubs.partitions
  retentionHours: first(filter(overrides, override => override.name == topic.source)).?retentionHours ?? eventHubs.retentionHours
})

// What the service would refuse, or only half do, is told before anything is made.
var fewEnough = length(wanted) > limits.topics
  ? fail('${length(wanted)} topics, but a ${eventHubs.sku} namespace of capacity ${eventHubs.capacity} takes ${limits.topics} event hubs. Choose fewer functions with the parameter functions, or the sku Premium.')
  : wanted
var partitionsFit = reduce(map(fewEnough, topic => topic.partitions), 0, (sum, partitions) => sum + partitions) > limits.allPartitions
  ? fail('${reduce(map(fewEnough, topic => topic.partitions), 0, (sum, partitions) => sum + partitions)} partitions in all, but a ${eventHubs.sku} namespace of capacity ${eventHubs.capacity} takes ${limits.allPartitions}. Lower kafka.partitions, or raise kafka.capacity.')
  : fewEnough
var planned = map(partitionsFit, topic => {
  name: topic.name
  partitions: topic.partitions > limits.partitions
    ? fail('${topic.name} has ${topic.partitions} partitions, but an event hub of the sku ${eventHubs.sku} takes ${limits.partitions}.')
    : topic.partitions
  retentionHours: topic.retentionHours > limits.retentionHours
    ? fail('${topic.name} keeps its records for ${topic.retentionHours} hours, but the sku ${eventHubs.sku} keeps them for ${limits.retentionHours} at most.')
    : topic.retentionHours
})

resource namespace 'Microsoft.EventHub/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: eventHubs.sku
    tier: eventHubs.sku
    capacity: eventHubs.capacity
  }
  properties: {
    // Microsoft's Kafka trigger has no managed identity: it needs a connection string.
    disableLocalAuth: false
    isAutoInflateEnabled: !isPremium && (eventHubs.?maximumCapacity ?? eventHubs.capacity) > eventHubs.capacity
    kafkaEnabled: true
    maximumThroughputUnits: !isPremium && (eventHubs.?maximumCapacity ?? eventHubs.capacity) > eventHubs.capacity ? eventHubs.?maximumCapacity : null
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

// Not all at once: the service takes a limited number of such calls a second.
@batchSize(10)
resource hubs 'Microsoft.EventHub/namespaces/eventhubs@2026-01-01' = [
  for topic in planned: {
    parent: namespace
    name: topic.name
    properties: {
      // Windows go by the time of the events.
      messageTimestampDescription: {
        timestampType: 'Create'
      }
      partitionCount: topic.partitions
      retentionDescription: {
        cleanupPolicy: 'Delete'
        retentionTimeInHours: topic.retentionHours
      }
    }
  }
]

// All topics are made here: the app need not manage any.
resource appPolicy 'Microsoft.EventHub/namespaces/authorizationRules@2026-01-01' = {
  parent: namespace
  name: 'app'
  properties: {
    rights: [
      'Listen'
      'Send'
    ]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: keyVaultName

  resource connectionString 'secrets' = {
    name: secretName
    properties: {
      value: appPolicy.listKeys().primaryConnectionString
      contentType: 'text/plain'
    }
  }
}

@description('Id of the namespace.')
output resourceId string = namespace.id

@description('The topics, as they are made.')
output topics string[] = [for topic in planned: topic.name]
