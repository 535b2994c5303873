import { Alert, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { ExternalLink } from '../../components/external-link';

export function EligibilityStep(): ReactNode {
  return (
    <>
      <Text>API Entreprise remet aux administrations, directement depuis celui qui les produit, les données et les attestations d’une entreprise ou d’une association. Vérifiez que tout ceci est vrai :</Text>
      <List spacing="xs">
        <List.Item>vous êtes une administration, ou un organisme chargé d’une mission de service public ;</List.Item>
        <List.Item>vous instruisez une procédure précise qu’un texte ou une décision vous confie : un marché public, une aide, une subvention, un contrôle… ;</List.Item>
        <List.Item>cette procédure a vraiment besoin des données demandées : on ne demande rien « au cas où » ;</List.Item>
        <List.Item>seuls les agents qui instruisent verront ces données, et l’entreprise est informée que vous les obtenez ainsi.</List.Item>
      </List>
      <Text size="sm" c="dimmed">Un prestataire peut tenir l’outil technique ; il n’est jamais destinataire des données.</Text>
      <Alert color="ink" title="Si ce n’est pas votre cas">
        Beaucoup d’informations sont ouvertes à tous, sans habilitation : consultez le site <ExternalLink url="https://annuaire-entreprises.data.gouv.fr/">Annuaire des entreprises</ExternalLink> ou les
        jeux de données de <ExternalLink url="https://www.data.gouv.fr/">data.gouv.fr</ExternalLink>.
      </Alert>
      <Text size="sm">Pour lire ce que le service propose : <ExternalLink url="https://entreprise.api.gouv.fr/catalogue">catalogue d’API Entreprise</ExternalLink>.</Text>
    </>
  );
}

export function RequestStep(): ReactNode {
  return (
    <>
      <Text>
        L’habilitation se demande en ligne, <b>une par procédure</b>. Deux procédures, deux demandes, deux jetons : un jeton partagé est révoqué. Comptez une
        dizaine de jours avant la réponse.
      </Text>
      <Title order={3} size="h4">À préparer avant de commencer</Title>
      <List spacing="xs">
        <List.Item>le SIRET de votre administration et l’intitulé de la procédure ;</List.Item>
        <List.Item>le texte qui la fonde : loi, décret, délibération, règlement de l’aide ou du marché (lien ou fichier) ;</List.Item>
        <List.Item>la liste des données utiles, chacune avec sa raison ; l’écran « Habilitations » montre ce que chaque cas d’usage justifie ;</List.Item>
        <List.Item>combien de mois les données seront conservées, et qui y accédera.</List.Item>
      </List>
      <Title order={3} size="h4">Les personnes à nommer</Title>
      <List spacing="xs">
        <List.Item><b>Le demandeur</b>, agent de votre administration : lui seul pourra ensuite prolonger le jeton ou demander d’autres données.</List.Item>
        <List.Item><b>Le délégué à la protection des données</b> et <b>le responsable de traitement</b> : prévenez-les, ils sont cités dans la demande.</List.Item>
        <List.Item><b>Le contact technique</b> : il voit le jeton, et reçoit les avis d’expiration.</List.Item>
        <List.Item><b>Le contact métier</b> : il connaît la procédure ; il ne voit pas le jeton.</List.Item>
      </List>
      <Text>Ouvrir la demande : <ExternalLink url="https://datapass.api.gouv.fr/">DataPass</ExternalLink>.</Text>
    </>
  );
}

export function TokenStep(): ReactNode {
  return (
    <>
      <Text>
        Une fois la demande acceptée, le jeton se trouve dans l’espace API Entreprise du demandeur et du contact technique, sur la page de
        l’habilitation : <ExternalLink url="https://entreprise.api.gouv.fr/compte">ouvrir cet espace</ExternalLink>.
      </Text>
      <List spacing="xs">
        <List.Item>C’est un long texte en trois blocs séparés par des points, qui commence par « ey » : copiez-le en entier.</List.Item>
        <List.Item>Il vaut dix-huit mois. Instruire vous prévient 90, 60, 30, 14, 7 et 1 jours avant la fin.</List.Item>
        <List.Item>Le responsable de ce poste n’est pas le demandeur ? Depuis son espace, celui-ci peut lui transmettre un lien, valable quatre heures.</List.Item>
      </List>
      <Alert color="amber" title="Un jeton est un secret">
        Jamais par courriel, dans un document partagé ou une barre de recherche. S’il a pu être lu par quelqu’un d’autre, déclarez-le compromis depuis
        l’écran de l’habilitation : son usage s’arrête aussitôt et le message à envoyer est prêt.
      </Alert>
    </>
  );
}

export function NetworkStep(): ReactNode {
  return (
    <>
      <Text>Rien n’est à configurer dans l’application : les adresses, les délais et les limites du service y sont déjà. Votre service informatique peut avoir à ouvrir ces accès :</Text>
      <List spacing="xs">
        <List.Item>HTTPS sortant (port 443, TLS 1.2 ou plus) vers <b>entreprise.api.gouv.fr</b> et <b>storage.entreprise.api.gouv.fr</b> ;</List.Item>
        <List.Item>HTTPS sortant vers <b>recherche-entreprises.api.gouv.fr</b>, qui trouve une entreprise par son nom, sans jeton ni quota ;</List.Item>
        <List.Item>sans appareil qui déchiffre ces échanges au passage : le jeton y voyage dans un en-tête.</List.Item>
      </List>
      <Title order={3} size="h4">Ce que l’application règle pour vous</Title>
      <List spacing="xs">
        <List.Item><b>Les délais</b> : 5 secondes pour une donnée, 12 pour un document, comme le conseille le service. « Réglages » permet d’attendre davantage les fournisseurs lents.</List.Item>
        <List.Item><b>Le quota</b> : les appels sont comptés par minute et par jeton. Au-delà, ils attendent leur tour ici au lieu d’être refusés là-bas ; insister ferait suspendre l’adresse de votre administration pendant douze heures.</List.Item>
        <List.Item><b>Les pannes</b> : un fournisseur qui ne répond plus est laissé en paix, puis réessayé. L’état du service se lit sur <ExternalLink url="https://status.entreprise.api.gouv.fr/">sa page d’état</ExternalLink>.</List.Item>
      </List>
    </>
  );
}
