metadata name = 'State'
metadata description = 'Storage accounts for the functions\' state, with a table for each store in each of them. Nobody has their keys.'

import { stateType, tagsType } from '../types.bicep'

@description('Required. Names of the accounts, in the order that the app counts them in.')
@minLength(1)
param names string[]

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. How the accounts are kept.')
param state stateType

@description('Required. Names of the tables.')
param tables string[]

@description('Required. Whether the accounts are reached by private endpoint only.')
param isPrivate bool

resource accounts 'Microsoft.Storage/storageAccounts@2025-08-01' = [
  for name in names: {
    name: name
    location: location
    tags: tags
    kind: 'StorageV2'
    sku: {
      name: state.sku
    }
    properties: {
      accessTier: 'Hot'
      allowBlobPublicAccess: false
      allowCrossTenantReplication: false
      allowSharedKeyAccess: false
      defaultToOAuthAuthentication: true
      isLocalUserEnabled: false
      minimumTlsVersion: 'TLS1_2'
      networkAcls: {
        bypass: 'None'
        defaultAction: isPrivate ? 'Deny' : 'Allow'
      }
      publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
      supportsHttpsTrafficOnly: true
    }
  }
]

resource tableServices 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' = [
  for (name, i) in names: {
    parent: accounts[i]
    name: 'default'
  }
]

// Each table in each account.
resource stores 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01' = [
  for i in range(0, length(names) * length(tables)): {
    parent: tableServices[i / length(tables)]
    name: tables[i % length(tables)]
  }
]

@description('Ids of the accounts, in their order.')
output resourceIds string[] = [for (name, i) in names: accounts[i].id]
