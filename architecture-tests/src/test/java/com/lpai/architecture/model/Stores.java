package com.lpai.architecture.model;

import com.lpai.domain.appointment.InMemoryAppointments;
import com.lpai.domain.company.InMemoryCompanies;
import com.lpai.domain.company.InMemoryDiscoveries;
import com.lpai.domain.connection.InMemoryConnections;
import com.lpai.domain.connection.InMemoryOAuthStates;
import com.lpai.domain.contact.InMemoryContacts;
import com.lpai.domain.conversation.InMemoryConversations;
import com.lpai.domain.conversation.InMemoryMessages;
import com.lpai.domain.conversation.InMemoryOutgoingMessages;
import com.lpai.domain.defaults.InMemoryDefaults;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.InMemoryDirectory;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.erasure.InMemoryErasures;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.project.InMemoryProjects;
import com.lpai.domain.setup.InMemoryCheckpoints;
import com.lpai.domain.setup.InMemoryFetchedPages;
import com.lpai.domain.sync.InMemoryLeases;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import java.util.Map;

/** What outlives every process of ours. */
final class Stores {
  final InMemoryContacts contacts = new InMemoryContacts();
  final InMemoryProjects projects = new InMemoryProjects();
  final InMemoryAppointments appointments = new InMemoryAppointments();
  final InMemoryLocations locations = new InMemoryLocations();
  final InMemoryConnections connections = new InMemoryConnections();
  final InMemoryCompanies companies = new InMemoryCompanies();
  final InMemoryDiscoveries discoveries = new InMemoryDiscoveries();
  final InMemoryErasures erasures = new InMemoryErasures(Map.of());
  final InMemoryOAuthStates states = new InMemoryOAuthStates();
  final InMemoryConversations conversations = new InMemoryConversations();
  final InMemoryMessages messages = new InMemoryMessages();
  final InMemoryOutgoingMessages outgoingMessages = new InMemoryOutgoingMessages();
  final InMemoryDefaults defaults = new InMemoryDefaults();
  final InMemoryDirectory<User> users = new InMemoryDirectory<>();
  final InMemoryDirectory<Calendar> calendars = new InMemoryDirectory<>();
  final InMemoryDirectory<Pipeline> pipelines = new InMemoryDirectory<>();
  final InMemoryDirectory<CustomField> customFields = new InMemoryDirectory<>();
  final InMemoryDirectory<CustomValue> customValues = new InMemoryDirectory<>();
  final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
  final InMemoryFetchedPages fetchedPages = new InMemoryFetchedPages();
  final InMemoryLeases leases = new InMemoryLeases();
  final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
}
