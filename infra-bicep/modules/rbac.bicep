metadata name = 'Permissions'
metadata description = 'All role assignments, from one list.'

import { grantType } from '../types.bicep'

@description('Required. Who may do what on which resource, and why.')
param grants grantType[]

// Ids of Azure's built-in roles; they are the same everywhere.
var roleIds = {
  'Azure Event Hubs Data Receiver': 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
  'Grafana Admin': '22926164-76b3-42b3-bc55-97df8dab3e41'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
  'Monitoring Data Reader': 'b0d8363b-8ddd-447d-831f-62ca05bff136'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
  'Monitoring Reader': '43d0d8ad-25c7-4714-9337-8ba259a9fe05'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  'Storage Table Data Reader': '76199698-9eea-4c19-bc75-cec21354c6b6'
}

var onStorage = filter(grants, grant => grant.on == 'storageAccount')
var onVaults = filter(grants, grant => grant.on == 'keyVault')
var onEventHubs = filter(grants, grant => grant.on == 'eventHubs')
var onInsights = filter(grants, grant => grant.on == 'applicationInsights')
var onWorkspaces = filter(grants, grant => grant.on == 'monitorWorkspace')
var onGrafana = filter(grants, grant => grant.on == 'grafana')
var onGroup = filter(grants, grant => grant.on == 'resourceGroup')

resource storageAccounts 'Microsoft.Storage/storageAccounts@2025-08-01' existing = [
  for grant in onStorage: {
    name: grant.resource
  }
]

resource storageGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onStorage: {
    name: guid(storageAccounts[i].id, grant.principal.id, grant.role)
    scope: storageAccounts[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]

resource vaults 'Microsoft.KeyVault/vaults@2025-05-01' existing = [
  for grant in onVaults: {
    name: grant.resource
  }
]

resource vaultGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onVaults: {
    name: guid(vaults[i].id, grant.principal.id, grant.role)
    scope: vaults[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]

resource namespaces 'Microsoft.EventHub/namespaces@2026-01-01' existing = [
  for grant in onEventHubs: {
    name: grant.resource
  }
]

resource namespaceGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onEventHubs: {
    name: guid(namespaces[i].id, grant.principal.id, grant.role)
    scope: namespaces[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = [
  for grant in onInsights: {
    name: grant.resource
  }
]

resource insightsGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onInsights: {
    name: guid(insights[i].id, grant.principal.id, grant.role)
    scope: insights[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]

resource workspaces 'Microsoft.Monitor/accounts@2025-10-03' existing = [
  for grant in onWorkspaces: {
    name: grant.resource
  }
]

resource workspaceGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onWorkspaces: {
    name: guid(workspaces[i].id, grant.principal.id, grant.role)
    scope: workspaces[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]

resource grafanas 'Microsoft.Dashboard/grafana@2025-08-01' existing = [
  for grant in onGrafana: {
    name: grant.resource
  }
]

resource grafanaGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onGrafana: {
    name: guid(grafanas[i].id, grant.principal.id, grant.role)
    scope: grafanas[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]

resource groupGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in onGroup: {
    name: guid(resourceGroup().id, grant.principal.id, grant.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
      principalId: grant.principal.id
      principalType: grant.principal.type
      description: grant.why
    }
  }
]
