// Development: the web-analytics part of the pipeline on the smallest of everything, reached over the internet.
using 'main.bicep'

param environmentName = 'dev'

param kafka = {
  kind: 'eventHubs'
  sku: 'Standard'
  capacity: 1
  partitions: 2
  retentionHours: 24
}

// Standard takes ten event hubs. These functions read and write nine topics.
param functionNames = [
  'CleanUpState'
  'CountPageViews'
  'IngestEvents'
  'ParseWebLogs'
  'QueryState'
  'RoutePageViews'
]

param hosting = {
  plan: 'FlexConsumption'
  instanceMemory: 512
  maximumInstances: 40
}

param state = {
  accounts: 1
  sku: 'Standard_LRS'
}

param monitoring = {
  retentionDays: 30
  dailyQuotaGb: 1
  grafana: false
}
