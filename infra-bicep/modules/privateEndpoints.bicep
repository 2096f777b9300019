metadata name = 'Private endpoints'
metadata description = 'A private endpoint for each resource, with its address in the private DNS zone.'

import { endpointType, tagsType } from '../types.bicep'

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. Id of the subnet that the endpoints are in.')
param subnetId string

@description('Required. The endpoints.')
param endpoints endpointType[]

@description('Required. Names of the private DNS zones, by the part of a resource that is reached.')
param zoneNames {
  blob: string
  table: string
  vault: string
  namespace: string
}

var resourceTypes = {
  blob: 'Microsoft.Storage/storageAccounts'
  table: 'Microsoft.Storage/storageAccounts'
  vault: 'Microsoft.KeyVault/vaults'
  namespace: 'Microsoft.EventHub/namespaces'
}

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for endpoint in endpoints: {
    name: endpoint.name
    location: location
    tags: tags
    properties: {
      subnet: {
        id: subnetId
      }
      privateLinkServiceConnections: [
        {
          name: endpoint.name
          properties: {
            privateLinkServiceId: resourceId(resourceTypes[endpoint.group], endpoint.resource)
            groupIds: [
              endpoint.group
            ]
          }
        }
      ]
    }
  }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' existing = [
  for endpoint in endpoints: {
    name: zoneNames[endpoint.group]
  }
]

resource addresses 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (endpoint, i) in endpoints: {
    parent: privateEndpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: endpoint.group
          properties: {
            privateDnsZoneId: zones[i].id
          }
        }
      ]
    }
  }
]
